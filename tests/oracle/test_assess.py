"""2,000 random assessments against the program: assess_oracle.py with the driver beside the program.

    test_assess.py [--all]...    more of assess_oracle.py's arguments
"""
import os
import sys

import assess_oracle
from test_import import ROOT

if __name__ == '__main__':
    program = os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren'))
    driver = os.path.join(os.path.dirname(os.path.abspath(program)), 'tests', 'unit', 'assess_driver')
    sys.argv[1:] = [driver, *sys.argv[1:]]
    assess_oracle.main()
