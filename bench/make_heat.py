"""An office of UNITS units below it and DUTIES duties of each, a year of monthly submissions: python3 make_heat.py DIR UNITS DUTIES
Writes org.json, scheme.yaml and one register, about two thirds of it done in time."""
import json
import pathlib
import random
import sys

folder, units, duties = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
rng = random.Random(7)
org = {"year": 2022, "office": {"id": "U0", "name": "某区办公室", "short": "区办"},
       "units": [{"id": "U0", "name": "某区办公室", "short": "区办", "parent": "", "kind": "本单位"}]
       + [{"id": f"T{i:03}", "name": f"第{i:03}单位", "short": f"{i:03}", "parent": "U0", "kind": "责任单位"} for i in range(units)],
       "posts": [{"id": "P0", "name": "主任", "unit": "U0", "role": "第一责任人"}], "holders": [], "portfolios": []}
(folder / "org.json").write_text(json.dumps(org, ensure_ascii=False))
scheme = ["zeren: 1", "scheme: heat", "title: 月度报送责任制", "roles: {head: 第一责任人}", "records:", "  item:", "    about: submission",
          "    title: 报送", "    fields: {no: text, date: date, unit: unit, kind: choice}", "sheets:", "  - record: item", '    file: "*"',
          "    columns: {no: [编号], date: [日期], unit: [单位], kind: [类别]}", "    required: [no]", "    key: [no]", "    year: {of: date}", "duties:"]
for d in range(duties):
    scheme += [f"  - id: D{d:02}", f"    title: 第{d:02}项报送", "    owner: each unit:责任单位", "    points: 1",
               f"    need: {{each: quarter, take: {{of: item, where: {{kind: 类{d:02}, unit: $owner}}}}}}"]
(folder / "scheme.yaml").write_text("\n".join(scheme) + "\n")
rows, n = ["编号,日期,单位,类别"], 0
for d in range(duties):
    for u in range(units):
        for q in range(4):
            if rng.random() < 0.66:
                n += 1
                rows.append(f"B{n},2022-{3 * q + rng.randint(1, 3):02}-{rng.randint(1, 28):02},第{u:03}单位,类{d:02}")
(folder / "报送登记.csv").write_text("\n".join(rows) + "\n")
