"""2,000 random duties against the duty engine: slots_oracle.py with the driver beside the program.

    test_slots.py [--all]...    more of slots_oracle.py's arguments
"""
# timeout: 600
import os
import sys

import slots_oracle
from test_import import ROOT

if __name__ == '__main__':
    program = os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren'))
    driver = os.path.join(os.path.dirname(os.path.abspath(program)), 'tests', 'unit', 'duty_driver')
    sys.argv[1:] = [driver, *sys.argv[1:]]
    slots_oracle.main()
