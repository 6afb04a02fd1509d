#!/usr/bin/env python3
"""Runs commands in turn, N rounds, and prints the median, least and greatest wall and CPU seconds of each:

    side.py N NAME 'command' NAME 'command' …      (each through sh; a line of output starting with # is passed on)
"""
import os, resource, statistics, subprocess, sys, time


def once(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f'{command}: exit {done.returncode}\n{done.stderr}')
    notes = [l for l in done.stdout.splitlines() if l.startswith('#')]
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, notes


def main():
    rounds, pairs = int(sys.argv[1]), list(zip(sys.argv[2::2], sys.argv[3::2]))
    walls, cpus, notes = {}, {}, {}
    for _ in range(rounds):
        for name, command in pairs:
            wall, cpu, said = once(command)
            walls.setdefault(name, []).append(wall)
            cpus.setdefault(name, []).append(cpu)
            notes[name] = said
    first = None
    for name, _ in pairs:
        w, c = statistics.median(walls[name]), statistics.median(cpus[name])
        first = first or (w, c)
        print(f'{name:34} wall {w:7.3f} s ({min(walls[name]):.3f}-{max(walls[name]):.3f})  cpu {c:7.3f} s'
              f' ({min(cpus[name]):.3f}-{max(cpus[name]):.3f})  {w / first[0]:5.2f}x {c / first[1]:5.2f}x')
        for line in notes[name]:
            print(f'    {line}')


main()
