#!/usr/bin/env python3
"""Random documents for the layout: the same seed gives the same document.

usage: generator.py SEED [COUNT]      documents from SEED on as JSON, one a line (for doc_driver)

Besides the keys of doc_driver a document has "words": words of its titles that must not be broken.
"""
import json
import random
import sys

OFFICES = ["市应急管理局", "区委办公室", "县人民政府", "市水务局", "街道党工委", "市纪委监委", "经济技术开发区管理委员会", "区数据局",
    "市生态环境局", "镇人民政府", "市卫生健康委员会", "区发展和改革局", "中共某某区委全面深化改革委员会办公室"]
NAMES = ["王建国", "李明", "欧阳文华", "张祎", "陈喆", "周堃", "阿卜杜拉·买买提", "司马光耀", "刘翀", "赵䶮"]
TITLE_HEAD = [["关于"], ["中共", "某某", "区委", "关于"], ["某某", "市", "应急", "管理局", "关于"], []]
TITLE_MID = [["2022", "年度", "履行", "全面", "从严", "治党", "主体", "责任", "情况"], ["安全", "生产", "隐患", "排查", "整治", "工作", "情况"],
    ["落实", "《", "数据", "安全法", "》", "有关", "要求", "情况"], ["印发", "《", "河湖", "巡查", "管理", "办法", "》"],
    ["进一步", "加强", "基层", "治理", "体系", "和", "治理", "能力", "建设"], ["水库", "除险", "加固", "项目", "资金", "使用", "情况"],
    ["会议"], ["开展", "形式", "主义", "官僚", "主义", "突出", "问题", "专项", "整治", "并", "建立", "健全", "长效", "机制"]]
TITLE_TAIL = [["的", "报告"], ["的", "通知"], ["的", "请示"], ["的", "意见"], ["的", "函"], []]
SUBJECTS = ["各级党组织", "全区各单位", "领导班子成员", "责任单位", "河长", "值班人员", "镇（街道）", "“两中心”", "有关部门", "专班"]
VERBS = ["认真学习", "严格落实", "持续推进", "组织开展", "及时上报", "深入排查", "逐项核对", "全面梳理", "督促整改", "建立健全"]
OBJECTS = ["《中国共产党章程》", "安全生产责任制", "隐患排查台账", "巡河记录", "“三会一课”制度", "问题清单、任务清单和责任清单", "应急预案（2022年修订）",
    "重大事项报告制度", "《关于加强数据安全工作的意见》（某办发〔2022〕15号）", "一岗双责", "值班值守", "水质监测断面", "‘最多跑一次’改革"]
FIGURES = ["{a}次", "{a}人次", "{a}.{b}%", "{a}—{c}人", "20{d}年{m}月{b}日", "{a}.{b}万元", "{a}0余家", "第{m}次", "{a}个百分点", "{a}～{c}天",
    "{a}公里", "{b}:30", "GB/T 9704—2012", "IPv6", "5A级", "{a}‰", "{a}℃", "20{d}—20{e}年", "{m}月{b}日9时30分", "{a}多项", "〔20{d}〕{a}号",
    "{a},{c}00元", "XF-{a}", "{a}万余人", "{a}平方公里"]
TAILS = ["，形成闭环", "；做到底数清、情况明", "。其中：到期{f}，逾期{f}", "，较上年增长{f}", "，占{f}", "——这是关键", "，做到“早发现、早报告、早处置”", "……",
    "（含派驻机构）", "，分别是：一是{o}；二是{o}；三是{o}", "，涉及{n}、{n}等{f}", "（见附件{m}）", "，有的“重部署、轻落实”，有的“上热中温下冷”",
    "。为什么？因为责任没有压实！", "，按《{t}》（{t}〔20{d}〕{a}号）办理", "：“{o}，必须抓紧、抓实、抓细。”"]
LATIN = ["PDCA", "App", "Wi-Fi 6", "OFD", "e-mail", "ISO 9001", "www.example.gov.cn", "Internet+", "36m²", "CO₂",
    "Müller-Lüdenscheidt", "O’Connor", "https://www.example.gov.cn/safety/2024/annual-report/index.html?id=20241231&lang=zh-CN_1"]
RARE = ["㸃", "龘", "𬭚", "䶮", "堃", "祎", "锟"]
WORDS_EN = ("the of data subject controller processor shall request within days rights access erasure breach notify authority "
    "record processing purpose lawful basis consent register annual report measures technical organisational review").split()


class Make:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.clash = random.Random(f"clash {seed}")     # of its own, so that all else stays as it was

    def figure(self):
        r = self.r
        return r.choice(FIGURES).format(a=r.choice([1, 3, 5, 12, 30, 128, 1024]), b=r.randint(10, 28), c=r.randint(31, 99),
            d=r.randint(18, 22), e=r.randint(23, 30), m=r.randint(1, 12))

    def clause(self):
        r = self.r
        text = r.choice(SUBJECTS) + r.choice(VERBS) + r.choice(OBJECTS)
        if r.random() < 0.6:
            text += self.figure()
        if r.random() < 0.1:
            text += r.choice(LATIN)
        if r.random() < 0.04:
            text += r.choice(RARE)
        if r.random() < 0.5:
            tail = r.choice(TAILS)
            while "{" in tail:
                for key, what in (("{f}", self.figure), ("{o}", lambda: r.choice(OBJECTS)), ("{n}", lambda: r.choice(NAMES)),
                        ("{t}", lambda: "某某办法"), ("{m}", lambda: str(r.randint(1, 3))), ("{d}", lambda: str(r.randint(10, 22))),
                        ("{a}", lambda: str(r.randint(1, 99)))):
                    tail = tail.replace(key, what(), 1)
            text += tail
        return text

    def paragraph(self, most=6):
        r, text = self.r, ""
        for _ in range(r.randint(1, most)):
            text += self.clause() + r.choice(["。", "，", "；", "。", "、"])
        text = text.rstrip("，；、。…—") + r.choice(["。", "。", "。", "！", "："])
        if r.random() < 0.03:
            text = r.choice(NAMES) * r.randint(1, 3) + text
        return text

    def english(self):
        r = self.r
        return " ".join(r.choice(WORDS_EN) for _ in range(r.randint(3, 60))).capitalize() + "."

    def title(self, d):
        r = self.r
        words = r.choice(TITLE_HEAD) + r.choice(TITLE_MID)
        while r.random() < 0.35:
            words += r.choice([["和"], ["暨"], ["及"]]) + r.choice(TITLE_MID)
        words += r.choice(TITLE_TAIL)
        d.setdefault("words", [])
        d["words"] += [w for w in words if len(w) > 1 and w not in d["words"]]
        return "".join(words)

    def runs(self, text):
        """The text in runs: figures marked, now and then a face of its own."""
        r, out, at = self.r, [], 0
        while at < len(text):
            n = r.randint(1, 40)
            run = {"text": text[at:at + n]}
            if r.random() < 0.1:
                run["face"] = r.choice(["kai", "hei", "song"])
            if r.random() < 0.2:
                run["mark"] = r.choice(["figure", "field", "own", "kept"])
            if r.random() < 0.05:
                run["link"] = "b1" if at % 2 else "https://zeren.example.gov.cn/report?on=2022-12-31&figure=a.b#behind"
            out.append(run)
            at += n
        return out

    def text_block(self, kind, text):
        return {"kind": kind, "runs": self.runs(text)} if self.r.random() < 0.3 else {"kind": kind, "text": text}

    def cell(self, long=0.1):
        r = self.r
        kind = r.random()
        if kind < 0.3:
            return str(r.choice([0, 3, 12, 1234, 98765, "12.5", "100%", "—", "2022-11-03"]))
        if kind < 1 - long:
            return r.choice(OBJECTS + SUBJECTS + NAMES + ["", "是", "合格", "2022年11月3日"])
        text = self.paragraph(3)
        return text.replace("；", "；\n", 1) if r.random() < 0.3 else text

    def claimed_twice(self, rows, r, c):
        """Two merged cells, the second of which stands in the first, or reaches into it."""
        wide = self.clash.random() < 0.5
        for i in range(r, r + 3):
            for k in (c, c + 1) if wide else (c,):
                rows[i][k] = ""
        rows[r][c] = {"text": "先占之格", "cols": 2 if wide else 1, "rows": 3}
        if wide:
            rows[r + 1][c + 1] = {"text": "内有一格", "rows": 2}
        else:
            rows[r + 1][c - 1] = {"text": "伸入之格", "cols": 3}

    def table(self, most_rows=30, cols=None):
        r = self.r
        ncols = cols or r.choice([2, 3, 4, 5, 6, 8, 12])
        nheads = r.choice([1, 1, 1, 2, 0])
        rows, nrows = [], nheads + r.randint(1, most_rows)
        for i in range(nrows):
            if i < nheads:
                rows.append([f"列{k + 1}" if i else r.choice(["序号", "单位名称", "责任人", "完成时限", "备注", "数量（个）"]) for k in range(ncols)])
            else:
                rows.append([self.cell(0.5 / ncols) for _ in range(ncols)])
        if nheads == 2 and ncols >= 3:
            rows[0][1] = {"text": "合并的表头", "cols": 2}
            rows[0][2] = ""
            rows[0][0] = {"text": "序号", "rows": 2}
            rows[1][0] = ""
        i = nheads
        while i < nrows and r.random() < 0.5:     # merged cells in the first column and across
            n = r.randint(2, 5)
            if i + n <= nrows:
                rows[i][0] = {"text": r.choice(SUBJECTS), "rows": n}
                for k in range(i + 1, i + n):
                    rows[k][0] = ""
            i += n + 1
        if ncols >= 4 and nrows > nheads + 2 and r.random() < 0.3:
            rows[-1] = [{"text": "合计", "cols": 2, "align": "centre"}, "", *[str(r.randint(0, 999)) for _ in range(ncols - 2)]]
            for k, row in enumerate(rows[:-1]):   # what is merged ends above it
                if isinstance(row[0], dict):
                    row[0]["rows"] = min(row[0].get("rows", 1), nrows - 1 - k)
        if self.clash.random() < 0.2 and ncols >= 3 and nrows - nheads > 4:
            self.claimed_twice(rows, self.clash.randrange(nheads, nrows - 3), self.clash.randrange(1, ncols - 1))
        t = {"ncols": ncols, "nheads": nheads, "rows": rows}
        if r.random() < 0.2:
            t["widths"] = [int(156e6 / ncols)] * ncols
        return {"kind": "table", "table": t}

    def blocks(self, n, annex=False):
        r, out, h1, h2 = self.r, [], 0, 0
        numerals = "一二三四五六七八九十"
        for _ in range(n):
            kind = r.random()
            if kind < 0.12 and h1 < 10 and not annex:
                h1, h2 = h1 + 1, 0
                out.append(self.text_block("h1", f"{numerals[h1 - 1]}、{r.choice(VERBS)}{r.choice(OBJECTS)}"))
            elif kind < 0.22 and h2 < 10:
                h2 += 1
                out.append(self.text_block("h2", f"（{numerals[h2 - 1]}）{r.choice(VERBS)}{r.choice(OBJECTS)}，{r.choice(VERBS)}{r.choice(OBJECTS)}"))
            elif kind < 0.27:
                out.append(self.text_block("h3", f"{r.randint(1, 12)}.{self.clause()}。"))
            elif kind < 0.30:
                out.append(self.text_block("h4", f"（{r.randint(1, 9)}）{self.clause()}。"))
            elif kind < 0.36:
                if r.random() < 0.7:
                    out.append({"kind": "caption", "text": f"表{r.randint(1, 9)}　{r.choice(OBJECTS)}情况"})
                else:
                    out.append(self.text_block("body", self.paragraph(1)))
                out.append(self.table())
                if r.random() < 0.5:
                    out.append({"kind": "source", "text": "数据来源：各单位上报台账，截至2022年12月31日。"})
                out.append(self.text_block("body", self.paragraph()))
            else:
                out.append(self.text_block("body", self.paragraph()))
        if annex and out and out[0]["kind"] == "h2":
            out[0]["kind"] = "annex_h"
        return out

    def document(self, name):
        r = self.r
        d = {"name": name, "lang": "zh-CN", "author": r.choice(OFFICES), "keep": [n for n in NAMES if r.random() < 0.7], "blocks": []}
        english = r.random() < 0.05
        d["title"] = self.title(d)
        form = r.choices(["plain", "red", "letter", "order", "minutes"], [4, 4, 1, 1, 1])[0]
        if form != "plain":
            head = d["head"] = {"form": form, "mark": r.choice(OFFICES) + r.choice(["", "文件"])}
            head["number"] = f"某发〔{r.randint(2015, 2026)}〕{r.randint(1, 300)}号"
            if form == "red":
                if r.random() < 0.3:
                    head["copy_no"] = f"{r.randint(1, 999999):06d}"
                if r.random() < 0.3:
                    head["secrecy"] = "机密★1年"
                if r.random() < 0.3:
                    head["urgency"] = r.choice(["特急", "加急"])
                if r.random() < 0.3:
                    head["signers"] = r.sample(NAMES[:4], r.randint(1, 4))
        if r.random() < 0.15:
            d["grid"] = "box"
        d["blocks"].append({"kind": "title", "text": d["title"]})
        if r.random() < 0.8:
            d["blocks"].append({"kind": "addressee", "text": "、".join(r.sample(OFFICES, r.choice([1, 1, 2, 6]))) + "："})
        if english:
            d["lang"] = "en"
            d["blocks"] += [{"kind": "body", "text": self.english()} for _ in range(r.randint(3, 20))]
        else:
            d["blocks"] += self.blocks(r.choice([1, 3, 8, 15, 30]))
        nann = r.choice([0, 0, 1, 1, 2, 3])
        titles = [self.title(d) for _ in range(nann)]
        if nann:
            d["annexes"] = titles
        if r.random() < 0.8:
            d["sign"] = {"names": [r.choice(OFFICES)], "date": f"{r.randint(2015, 2026)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
                "seal": r.choice(["none", "none", "stamp", "stamp", "hand"])}
            if d["sign"]["seal"] == "hand":
                d["sign"].update(names=[r.choice(NAMES)], post=r.choice(["市长", "区长", "局长"]))
            if r.random() < 0.3:
                d["postscript"] = f"（联系人：{r.choice(NAMES)}，电话：{r.randint(1000000, 9999999)}）"
        for k, title in enumerate(titles):
            lying = r.random() < 0.4
            d["blocks"].append({"kind": "annex", "text": title, "number": f"附件{k + 1}" if nann > 1 else "附件", "landscape": lying})
            d["blocks"] += self.blocks(r.choice([1, 2, 6]), True)
            d["blocks"].append(self.table(60, r.choice([None, 8, 10]) if lying else None))
            if r.random() < 0.3:
                d["blocks"].append({"kind": "note", "text": "注：本表由各单位填报，数据未经审计。" * r.randint(1, 4)})
        if r.random() < 0.5:
            d["colophon"] = {"copies": "，".join(r.sample(OFFICES, r.choice([1, 3, 8]))), "issuer": r.choice(OFFICES),
                "date": "2026年1月5日"}
            if r.random() < 0.2:
                del d["colophon"]["copies"]
        if english and ("annexes" in d or "colophon" in d or "signers" in d.get("head", {})):
            d["lang"] = "zh-CN"          # their labels are Chinese
        if r.random() < 0.2:
            d["code"] = "log root 7f3a9c…e1"
        return d


def document(seed):
    return Make(seed).document(f"g{seed:04d}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for seed in range(int(sys.argv[1]), int(sys.argv[1]) + int((sys.argv[2:] or [1])[0])):
        print(json.dumps(document(seed), ensure_ascii=False))


if __name__ == "__main__":
    main()
