"""Moves a register, an organisation and the days in texts to another year (perturb.py)."""
import re
from datetime import date, datetime, timedelta

import recount
from perturb_row import Bad, move_date, move_years
from sheets import Cell
from tables import EVIDENCE


def move_cell(cell, delta):
    if isinstance(cell.value, str):
        cell.value = move_years(cell.value, delta)
    elif isinstance(cell.value, datetime):
        day = move_date(cell.value.date(), delta)
        cell.value = datetime.combine(day, cell.value.time())
        if cell.formula:
            cell.formula = None


def move_register(register, delta, hand):
    for cells in register.above:
        for cell in cells.values():
            move_cell(cell, delta)
    for row in register.rows:
        for column, cell in list(row.cells.items()):
            fact = row.facts.get(column)
            if isinstance(fact, Bad):
                fact = Bad(move_years(fact, delta))
                if recount.read_date(Cell(str(fact)), hand.year):
                    fact = Bad('待定')    # 29 February has become a day
                row.put(column, fact, Cell(str(fact)))
            elif isinstance(fact, date):
                fact = move_date(fact, delta)
                row.put(column, fact, hand.date(fact, register, column))
            elif column != EVIDENCE:
                move_cell(cell, delta)
                if isinstance(fact, str):
                    row.facts[column] = move_years(fact, delta)
    register.name = re.sub(r'#\d{4}年', lambda m: move_years(m.group(), delta), register.name)


def move_org(org, delta):
    """org.json in another year; the days of the Thursday course stay Thursdays."""
    org['year'] += delta

    def moved(text):
        return move_date(date.fromisoformat(text), delta).isoformat() if text else text

    def thursday(text):
        day = date.fromisoformat(moved(text))
        return (day + timedelta(days=(3 - day.weekday() + 3) % 7 - 3)).isoformat()
    for holder in org.get('holders', []):
        holder['from'], holder['to'] = moved(holder['from']), moved(holder['to'])
    days = org.get('calendar', {})
    for name in ('thursdayFrom', 'thursdayTo'):
        if days.get(name):
            days[name] = thursday(days[name])
    for exempt in days.get('exempt', []):
        exempt['date'] = thursday(exempt['date'])
