#!/usr/bin/env python3
"""Runs commands in turn, N rounds, and prints the median, least and greatest wall and CPU seconds and the peak memory of each:

    side.py N NAME 'command' NAME 'command' …      (each through sh; a line of output starting with # is passed on)
"""
import os, statistics, subprocess, sys, tempfile, time


def once(command):
    with tempfile.TemporaryFile('w+') as out:
        start = time.perf_counter()
        child = subprocess.Popen(['sh', '-c', command], stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        out.seek(0)
        said = out.read()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f'{command}: exit {os.waitstatus_to_exitcode(status)}\n{said}')
    notes = [l for l in said.splitlines() if l.startswith('#')]
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, notes


def main():
    rounds, pairs = int(sys.argv[1]), list(zip(sys.argv[2::2], sys.argv[3::2]))
    walls, cpus, peaks, notes = {}, {}, {}, {}
    for _ in range(rounds):
        for name, command in pairs:
            wall, cpu, peak, said = once(command)
            walls.setdefault(name, []).append(wall)
            cpus.setdefault(name, []).append(cpu)
            peaks[name] = max(peak, peaks.get(name, 0))
            notes[name] = said
    first = None
    for name, _ in pairs:
        w, c = statistics.median(walls[name]), statistics.median(cpus[name])
        first = first or (w, c)
        print(f'{name:34} wall {w:7.3f} s ({min(walls[name]):.3f}-{max(walls[name]):.3f})  cpu {c:7.3f} s'
              f' ({min(cpus[name]):.3f}-{max(cpus[name]):.3f})  {w / first[0]:5.2f}x {c / first[1]:5.2f}x  {peaks[name]:6.1f} MiB')
        for line in notes[name]:
            print(f'    {line}')


main()
