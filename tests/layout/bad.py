"""Documents that no office would send: what must come of each."""
import struct
import zlib


def png(width, height, rows=None, said=None):
    """A PNG of grey stripes; said: another size in its header than it has."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    w, h = said or (width, height)
    raw = b"".join(b"\0" + bytes((x * 7 + y) % 256 for x in range(width)) for y in range(rows or height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def body(text):
    return {"kind": "body", "text": text}


def doc(name, *blocks, **more):
    return {"name": name, "title": name, "lang": "zh-CN", "blocks": list(blocks), **more}


def table(rows, nheads=1):
    return {"kind": "table", "table": {"ncols": len(rows[0]), "nheads": nheads, "rows": rows}}


def picture(path):
    return {"kind": "picture", "picture": {"png": str(path), "alt": "一张图"}}


def cases(folder):
    """[{doc, error | warning: pattern, check: with the checker?, but: rules that may be broken}]"""
    files = {"good.png": png(400, 200), "huge.png": png(4, 4, said=(60000, 60000)), "short.png": png(400, 400)[:300], "lies.png": png(100, 20, said=(100, 200)),
        "none.png": b"this is no picture at all", "zero.png": png(4, 4, said=(0, 4)),
        "broad.png": png(3000, 300), "tall.png": png(300, 2000)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    wide = [["栏目名称很长的一列" + str(k) for k in range(40)], *[["某某市应急管理局" + str(k) for k in range(40)] for _ in range(5)]]
    words = [["A-very-long-word-that-no-column-holds-" + str(k) for k in range(12)] for _ in range(4)]
    sentence = "各责任单位要认真落实安全生产责任制，逐项排查、逐项整改。"
    return [
        {"doc": doc("empty")},
        {"doc": doc("only_title", {"kind": "title", "text": "关于空文件的报告"})},
        {"doc": doc("empty_blocks", body(""), {"kind": "h1", "text": ""}, table([["", ""], ["", ""]]), body("后文。"))},
        {"doc": doc("wide_table", body("前文。"), table(wide), body("后文。")), "warning": "wide", "but": ("B2", "2 sizes")},
        {"doc": doc("long_words", table(words), body("后文。")), "warning": "wide", "but": ("B2", "2 sizes")},
        {"doc": doc("cell_20000", body("前文。"), table([["序号", "内容"], ["1", sentence * 700], ["2", "完"]]), body("后文。"))},
        {"doc": doc("picture", body("前文。"), picture(folder / "good.png"), {"kind": "source", "text": "来源：某图"}, body("后文。"))},
        {"doc": doc("picture_broad", body("前文。"), picture(folder / "broad.png"), body("中文。"), picture(folder / "tall.png"), body("后文。"))},
        {"doc": doc("picture_huge", body("前文。"), picture(folder / "huge.png"), body("后文。")), "warning": "picture|image|图", "check": False},
        {"doc": doc("picture_short", body("前文。"), picture(folder / "short.png"), body("后文。")), "warning": "picture|image|图", "check": False},
        {"doc": doc("picture_lies", body("前文。"), picture(folder / "lies.png"), body("后文。")), "warning": "picture|image|图", "check": False},
        {"doc": doc("picture_zero", body("前文。"), picture(folder / "zero.png"), body("后文。")), "warning": "picture|image|图", "check": False},
        {"doc": doc("picture_none", picture(folder / "none.png")), "error": "picture|image|PNG"},
        {"doc": doc("no_glyph", body("联系人：王\U0010fffd\ue123，\U0001f9ff张三。")), "warning": "U\\+10FFFD", "check": False},
        {"doc": doc("controls", body("一\u0001二\t三\u000b四\u007f五。" * 20), {"kind": "title", "text": "标\t题\u0007"}), "check": False},
        {"doc": doc("joiners", body("零\u200b宽\u200d字\u2060符\ufeff与\u00ad软连字符、e\u0301与\u202e反向。" * 9)), "check": False, "warning": ""},
        {"doc": doc("long_word", body("前文" + "Pneumonoultramicroscopicsilicovolcanoconiosis" * 9 + "后文。")), "check": False},
        {"doc": doc("long_keep", body("前文" + "不可分割" * 30 + "后文。"), keep=["不可分割" * 30]), "check": False},
        {"doc": doc("only_marks", body("，。；：" * 60), body("（（（《《《" * 30), body("——……" * 40)), "check": False},
        {"doc": doc("blocks_5000", *[body(f"第{k}段。{sentence}") for k in range(5000)]), "check": False},
        {"doc": doc("merged_all", table([[{"text": "合并", "cols": 3, "rows": 3}, "", ""], ["", "", ""], ["", "", ""]], 0), body("后文。")), "check": False},
        {"doc": doc("merged_out", table([["甲", {"text": "出界", "cols": 9, "rows": 9}], ["乙", "丙"]], 1), body("后文。")), "check": False},
        {"doc": doc("merged_twice", body("前文。"), table([["甲", "乙", "丙"], [{"text": "先占", "cols": 2, "rows": 3}, "", "一"],
            ["", {"text": "其内", "rows": 2}, "二"], ["", "", "三"], [{"text": "横跨", "cols": 3}, "文", "四"]]), body("后文。"))},
        {"doc": doc("all_heads", table([["甲", "乙"]] * 60, 60), body("后文。")), "check": False},
        {"doc": doc("long_sign", body("正文。"), sign={"names": ["某某单位" * 20], "date": "2026年1月5日" * 4, "seal": "stamp"}), "check": False},
        {"doc": doc("long_colophon", body("正文。"), colophon={"copies": "某某单位，" * 400, "issuer": "某某" * 40, "date": "2026年1月5日"}), "check": False,
            "warning": "copies"},
        {"doc": doc("long_issuer", body("正文。"), colophon={"copies": "县委办公室，" * 12, "date": "2026年1月5日",
            "issuer": "某某自治县全面推行河长制工作领导小组办公室综合协调与督查考核股"})},
        {"doc": doc("high_sign", {"kind": "title", "text": "标题"}, *[body(f"第{k}段。{sentence}") for k in range(9)], annexes=[f"第{k}号登记表" for k in range(6)],
            head={"form": "red", "mark": "某某自治县全面推行河长制工作领导小组办公室、某某自治县水务局、某某县税务局文件", "number": "某〔2026〕1号"},
            sign={"names": ["某某自治县河长制工作办公室", "某某自治县水务局", "某某县税务局"], "date": "2026年1月5日", "seal": "stamp"})},
        {"doc": doc("long_mark", {"kind": "title", "text": "标题"}, body("正文。"), head={"form": "red", "mark": "某某单位" * 30, "number": "某〔2026〕1号",
            "signers": ["王建国"] * 41}), "check": False, "warning": "head"},
        {"doc": doc("long_title", {"kind": "title", "text": "关于进一步加强工作的" * 60}, {"kind": "addressee", "text": "某某单位、" * 300 + "："}, body("正文。"),
            head={"form": "red", "mark": "某某单位", "number": "某〔2026〕1号"}), "check": False},
    ]
