#!/usr/bin/env python3
"""Four long reports with tables, more than twenty pages each, always the same: work safety, clean governance, river chiefs,
and data protection in English. For the tests of the layout and for bench/.

usage: long.py NAME        safety, clean, river or data; without a name all, one a line
"""
import json
import sys

NUMERALS = "一二三四五六七八九十"
TOWNS = ["城关镇", "柳林镇", "石桥镇", "青溪镇", "双河镇", "白沙镇", "马家店镇", "新安镇", "龙泉街道", "东湖街道", "北门街道", "开发区"]
MONTHS = range(1, 13)


def p(text):
    return {"kind": "body", "text": text}


def h(level, text):
    return {"kind": f"h{level}", "text": text}


def table(title, head, rows, source="", widths=None):
    t = {"ncols": len(head), "nheads": 1, "rows": [head] + rows}
    if widths:
        t["widths"] = [int(w * 1e6) for w in widths]
    out = [{"kind": "caption", "text": title}, {"kind": "table", "table": t}]
    return out + ([{"kind": "source", "text": source}] if source else [])


def figure(i, k, most):
    """A number that looks like one of a register and is always the same."""
    return (i * 7919 + k * 104729 + 37) % most + 1


# ---- work safety

TRADES = [("矿山", "非煤矿山企业", "顶板支护、通风和排水"), ("危险化学品", "生产、储存和经营单位", "重大危险源监测监控"), ("建筑施工", "在建工程项目", "深基坑、高支模和起重机械"),
    ("道路交通", "“两客一危一货”企业", "动态监控和驾驶人教育"), ("消防", "人员密集场所和高层建筑", "疏散通道和自动消防设施"), ("城镇燃气", "瓶装液化石油气和管道燃气经营企业", "老旧管网和入户安检"),
    ("工贸", "涉粉爆、涉氨制冷和有限空间作业企业", "作业审批和通风检测"), ("特种设备", "电梯、锅炉和大型游乐设施使用单位", "检验率和作业人员持证"), ("农业机械", "拖拉机和联合收割机", "牌证管理和违法载人"), ("文化旅游", "A级旅游景区和旅行社", "高风险项目和大客流管控")]


def safety():
    blocks = [{"kind": "title", "text": "某某县应急管理局关于2025年度全县安全生产工作情况的报告"},
        {"kind": "addressee", "text": "县人民政府："},
        p("2025年，全县各级各部门深入贯彻习近平总书记关于安全生产的重要论述，认真落实《中华人民共和国安全生产法》和省、市关于安全生产治本攻坚三年行动的部署，坚持“人民至上、生命至上”，以防范化解重大风险为主线，压实责任、"
            "狠抓整治、夯实基础。全年共发生各类生产安全事故9起、死亡3人，同比分别下降25.0%和40.0%，未发生较大及以上事故，安全生产形势总体平稳。现将有关情况报告如下。"),
        h(1, "一、基本情况")]
    blocks += table("表1　2025年各类生产安全事故情况", ["行业领域", "起数（起）", "同比", "死亡（人）", "同比", "直接经济损失（万元）"],
        [[t[0], str(figure(i, 1, 3) - 1), f"{-figure(i, 2, 40)}.{figure(i, 3, 9)}%", str(figure(i, 4, 2) - 1), f"{-figure(i, 5, 50)}.0%",
            f"{figure(i, 6, 90)}.{figure(i, 7, 90):02}"] for i, t in enumerate(TRADES)] + [["合计", "9", "-25.0%", "3", "-40.0%", "386.42"]],
        "数据来源：县应急管理局事故直报系统，截至2025年12月31日24时。")
    blocks.append(h(1, "二、主要工作"))
    for i, (trade, objects, focus) in enumerate(TRADES):
        blocks += [h(2, f"（{NUMERALS[i]}）{trade}领域"),
            p(f"县安委会办公室会同{trade}行业主管部门，对全县{figure(i, 11, 400)}家{objects}开展拉网式排查，共出动检查组{figure(i, 12, 200)}个、检查人员{figure(i, 13, 900)}人次，发现一般隐患"
                f"{figure(i, 14, 900)}条、重大事故隐患{figure(i, 15, 20)}条，整改率分别为9{figure(i, 16, 9)}.{figure(i, 17, 9)}%和100%。重点围绕{focus}，逐企业建立“一企一档”，做到底数清、情况明、责任实。"),
            h(3, "1.压实责任。"),
            p(f"县政府常务会议{figure(i, 18, 6)}次专题研究{trade}安全，县领导带队督导{figure(i, 19, 12)}次；印发《{trade}安全生产治本攻坚三年行动方案（2024—2026年）》（某安委〔2025〕{figure(i, 20, 30)}号），明确"
                f"{figure(i, 21, 12)}项任务、{figure(i, 22, 40)}条措施，逐项落实到股（所）、到人。对推进不力的{figure(i, 23, 4)}个单位予以通报，约谈负责人{figure(i, 24, 6)}人。"),
            h(3, "2.排查整治。"),
            p(f"坚持“四不两直”，采取“执法+专家”方式，全年开展执法检查{figure(i, 25, 300)}次，下达责令限期整改指令书{figure(i, 26, 120)}份，立案{figure(i, 27, 30)}起，罚款{figure(i, 28, 90)}.{figure(i, 29, 9)}万元；对"
                f"{figure(i, 30, 5)}家存在重大隐患的单位依法责令停产停业整顿，公开曝光典型案例{figure(i, 31, 9)}个。对检查发现的问题实行“清单+销号”管理，逾期未改的移送执法，做到“查改罚”闭环。"),
            p("从检查情况看，有的企业主要负责人“第一责任人”意识不强，“重生产、轻安全”“重效益、轻投入”的问题仍然存在；有的从业人员“不懂、不会、不怕”，违章指挥、违规作业、违反劳动纪律时有发生——这些都是事故的直接"
                "诱因，必须下大力气解决。"),
            h(3, "3.夯实基础。"),
            p(f"推进安全生产标准化建设，新增达标企业{figure(i, 32, 30)}家，累计{figure(i, 33, 200)}家；组织“安全生产月”、应急演练等活动{figure(i, 34, 40)}场次，培训从业人员{figure(i, 35, 3000)}人次，考核合格率"
                f"9{figure(i, 36, 9)}%；投入{figure(i, 37, 500)}.{figure(i, 38, 9)}万元建成风险监测预警平台，接入视频{figure(i, 39, 800)}路、传感器{figure(i, 40, 2000)}个，实现24小时在线巡查。")]
        if i % 3 == 2:
            blocks += table(f"表{i // 3 + 2}　{trade}等领域重大事故隐患整改情况", ["序号", "隐患单位", "隐患内容", "整改措施", "时限", "状态"],
                [[str(k + 1), f"{town}某某{['公司', '加油站', '商场', '工地'][figure(i, k, 4) - 1]}", ["安全出口锁闭，疏散通道堆放杂物", "可燃气体报警器未投入使用", "高处作业未系挂安全带，临边防护缺失",
                    "未对承包单位统一协调、管理"][figure(i, k + 3, 4) - 1], ["立即拆除，加装声光报警，纳入每日巡查", "更换探头并重新标定，由第三方检测合格后恢复使用", "停工整改，对班组长和作业人员重新培训考核"][figure(i, k + 5, 3) - 1],
                    f"{figure(i, k, 12)}月{figure(k, i, 28)}日", ["已销号", "已销号", "整改中"][figure(i, k + 7, 3) - 1]] for k, town in enumerate(TOWNS)],
                "注：整改中的隐患均已落实责任、措施、资金、时限和预案“五到位”。")
    blocks += [h(1, "三、存在问题"),
        p("一是基础仍不牢固。全县小微企业占比达86.3%，本质安全水平不高，老旧装置、老旧管网、老旧房屋等存量风险与新业态、新领域的增量风险交织叠加。二是监管力量不足。乡镇（街道）应急管理站专职人员平均不足3人，懂专业、会执法的"
            "更少。三是责任传导层层递减。少数部门对“三管三必须”理解不深，职责交叉的领域还有“都管、都不管”的现象。四是群众安全意识不强，电动自行车“进楼入户”“飞线充电”屡禁不止……"),
        h(1, "四、下步打算")]
    for k, what in enumerate(["持续压实安全生产责任", "深入开展治本攻坚三年行动", "加快推进本质安全水平提升", "着力加强应急救援能力建设", "不断强化社会共治"]):
        blocks.append(p(f"（{NUMERALS[k]}）{what}。严格落实党政领导干部安全生产责任制，健全“一张清单管责任、一个平台管隐患、一支队伍管执法”的工作机制，2026年{figure(k, 1, 6)}月底前完成{figure(k, 2, 12)}项重点任务，"
            f"力争事故起数和死亡人数再下降{figure(k, 3, 9)}个百分点，为全县经济社会高质量发展提供坚实的安全保障。"))
    blocks.append(p("特此报告。"))
    blocks.append({"kind": "annex", "number": "附件1", "text": "2025年度乡镇（街道）安全生产工作情况统计表", "landscape": True})
    blocks += table("", ["序号", "乡镇（街道）", "企业数（家）", "检查（次）", "隐患（条）", "整改（条）", "整改率", "培训（人次）", "演练（场）", "投入（万元）"],
        [[str(i + 1), town] + [str(figure(i, k, m)) for k, m in enumerate((300, 500, 900, 900))] + [f"9{figure(i, 8, 9)}.{figure(i, 9, 9)}%"] +
            [str(figure(i, k, m)) for k, m in ((5, 4000), (6, 30))] + [f"{figure(i, 7, 300)}.{figure(i, 4, 9)}"] for i, town in enumerate(TOWNS * 3)])[1:]
    blocks.append({"kind": "annex", "number": "附件2", "text": "2025年重大事故隐患挂牌督办清单"})
    blocks += table("", ["序号", "单位", "隐患描述", "督办单位", "完成时限"],
        [[str(k + 1), f"{TOWNS[k % 12]}第{k + 1}号点位", "未按规定设置安全警示标志；特种作业人员无证上岗，未开展岗前安全教育培训", "县" + TRADES[k % 10][0] + "行业主管部门", f"2025年{k % 12 + 1}月{k % 27 + 1}日"]
            for k in range(36)], widths=(12, 34, 58, 30, 22))[1:]
    return {"name": "long_safety", "title": "安全生产工作情况的报告", "lang": "zh-CN", "author": "某某县应急管理局", "keep": ["习近平"],
        "head": {"form": "red", "mark": "某某县应急管理局文件", "number": "某应急〔2026〕3号", "signers": ["王建国"], "copy_no": "000012"}, "blocks": blocks,
        "annexes": ["2025年度乡镇（街道）安全生产工作情况统计表", "2025年重大事故隐患挂牌督办清单"], "sign": {"names": ["某某县应急管理局"], "date": "2026年1月5日", "seal": "stamp"},
        "postscript": "（联系人：李明，电话：12345678）", "colophon": {"copies": "县委办公室，县人大常委会办公室，县政协办公室，县纪委监委，各乡镇人民政府、街道办事处，县安委会各成员单位", "issuer": "某某县应急管理局办公室", "date": "2026年1月5日"}}


# ---- clean governance

DUTIES = [("加强党的政治建设", "“第一议题”制度"), ("落实中央八项规定及其实施细则精神", "违规吃喝、收送礼品礼金问题"), ("整治形式主义为基层减负", "文山会海、过度留痕问题"), ("严格执行民主集中制", "“三重一大”集体决策"),
    ("选人用人", "动议、民主推荐、考察和任前公示"), ("支持纪检监察机关工作", "线索移送和案件查办"), ("加强廉洁教育和家风建设", "警示教育和廉政谈话"), ("管好班子、带好队伍", "“一岗双责”")]


def clean():
    blocks = [{"kind": "title", "text": "中共某某区委2025年度履行全面从严治党主体责任情况的报告"}, {"kind": "addressee", "text": "中共某某市委："},
        p("2025年，区委坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大和二十届历次全会精神，深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”，认真履行全面从严治党主体责任，"
            "以严的基调、严的措施、严的氛围推动全面从严治党向纵深发展。现将有关情况报告如下。")]
    for i, (duty, focus) in enumerate(DUTIES):
        blocks += [h(1, f"{NUMERALS[i]}、{duty}"),
            p(f"区委把{duty}摆在突出位置，全年召开区委常委会会议{figure(i, 1, 30)}次、专题会议{figure(i, 2, 9)}次研究部署，区委书记批示{figure(i, 3, 90)}件次，班子成员到联系点调研指导{figure(i, 4, 120)}人次。制定年度任务清单"
                f"{figure(i, 5, 40)}项，按季度调度、半年督查、年终述责，推动各级党组织扛起责任。"),
            h(2, f"（一）聚焦{focus}，压实责任"),
            p(f"建立“主体责任清单+问题清单+任务清单”三张清单，区委常委会带头认领{figure(i, 6, 12)}个问题、{figure(i, 7, 30)}条措施；对{figure(i, 8, 20)}个单位开展专项检查，发现问题{figure(i, 9, 120)}个，"
                f"已完成整改{figure(i, 10, 100)}个，其余明确时限、挂账销号。约谈党组织书记{figure(i, 11, 12)}人次，责令书面检查{figure(i, 12, 6)}份。"),
            h(2, "（二）坚持问题导向，动真碰硬"),
            p(f"围绕{focus}，开展明察暗访{figure(i, 13, 40)}轮次，查处问题{figure(i, 14, 60)}起、处理{figure(i, 15, 80)}人，其中给予党纪政务处分{figure(i, 16, 40)}人，通报典型案例{figure(i, 17, 9)}批{figure(i, 18, 20)}起。"
                "对苗头性、倾向性问题，运用“第一种形态”及时提醒，做到抓早抓小、防微杜渐。"),
            h(3, "1.具体做法。"),
            p(f"一是学习在前，区委理论学习中心组集体学习{figure(i, 19, 12)}次，领导干部讲党课{figure(i, 20, 60)}场次；二是制度在前，修订《区委工作规则》等制度{figure(i, 21, 15)}项，废止{figure(i, 22, 5)}项；三是监督在前，开展"
                f"“室组地”联动监督{figure(i, 23, 25)}次；四是担当在前，为{figure(i, 24, 9)}名受到不实举报的干部澄清正名。"),
            h(4, "（1）典型例子。"),
            p(f"{TOWNS[i]}探索“码上监督”，把{figure(i, 25, 80)}类惠民政策、{figure(i, 26, 900)}笔资金发放情况装进二维码，群众“扫一扫”就能查、能问、能评，全年受理诉求{figure(i, 27, 500)}件，办结率9{figure(i, 28, 9)}.{figure(i, 29, 9)}%，"
                "被省纪委监委《党风廉政建设》刊发推广。群众说：“以前是干部说了算，现在是大家看着办！”")]
        blocks += [h(4, "（2）存在不足。"),
            p(f"对照上级要求，仍有{figure(i, 30, 5) + 1}个方面的差距：有的党组织“一把手”抓{duty}时紧时松，满足于开会部署、发文安排；有的班子成员“一岗双责”履行不到位，谈话提醒“蜻蜓点水”；有的基层单位力量薄弱，{figure(i, 31, 12)}个村（社区）纪检委员"
                "一人多岗，“不会监督、不愿监督、不敢监督”的问题没有根本解决。"),
            h(2, "（三）健全长效机制，巩固成果"),
            p(f"坚持当下改与长久立相结合，把实践中行之有效的做法上升为制度，出台《关于进一步{duty}的若干措施》（某委发〔2025〕{figure(i, 32, 40)}号），从{figure(i, 33, 8)}个方面提出{figure(i, 34, 30)}条措施；建立“周提醒、月调度、季通报、年考核”"
                f"机制，考核结果占领导班子综合考核权重的{figure(i, 35, 15) + 5}%，对排名末位的{figure(i, 36, 3)}个单位主要负责人进行约谈。")]
        blocks += table(f"表{i + 1}　{duty}任务完成情况", ["序号", "任务", "责任单位", "完成情况", "完成时间"],
            [[str(k + 1), f"{['制定', '修订', '组织', '开展', '督促'][k % 5]}{focus}有关{['方案', '制度', '学习', '检查', '整改'][k % 5]}", {"text": ["区纪委监委", "区委组织部", "区委宣传部", "区委办公室"][k // 3], "rows": 3}
                if k % 3 == 0 else "", f"已完成，形成材料{figure(i, k, 12)}份", f"2025年{k + 1}月"] for k in range(12)], "来源：区委党的建设工作领导小组台账。")
    blocks += [h(1, "九、存在问题和下步打算"),
        p("对照党中央要求和群众期盼，仍有差距：主体责任传导还有“上热中温下冷”的现象；少数党组织管党治党存在宽松软问题；监督执纪“四种形态”运用还不够精准；基层微腐败仍有发生……对此，区委将认真研究、切实整改。"),
        p("下一步，区委将坚持“严”字当头、一严到底，健全全面从严治党体系，以作风建设新成效推动各项工作落地见效。"), p("特此报告。")]
    return {"name": "long_clean", "title": "履行全面从严治党主体责任情况的报告", "lang": "zh-CN", "author": "中共某某区委", "keep": ["习近平", "两个维护"], "blocks": blocks,
        "sign": {"names": ["中共某某区委"], "date": "2026年1月12日", "seal": "none"}, "code": "log root 5b1e6c0f9d"}


# ---- river chiefs

RIVERS = ["清水河", "白龙江", "石溪", "柳河", "双沟渠", "东湖", "马蹄河", "龙潭水库", "新开河", "沙河"]


def river():
    blocks = [{"kind": "title", "text": "关于2025年度河湖长制工作情况的报告"}, {"kind": "addressee", "text": "市总河长、市河长制办公室："},
        p("2025年，全县各级河湖长深入学习贯彻习近平生态文明思想，坚持节水优先、空间均衡、系统治理、两手发力，以“河畅、水清、岸绿、景美、人和”为目标，扎实推进河湖长制从“有名有责”向“有能有效”转变。")]
    for i, name in enumerate(RIVERS):
        blocks += [h(1, f"{NUMERALS[i]}、{name}"),
            p(f"{name}在我县境内长{figure(i, 1, 90)}.{figure(i, 2, 9)}公里，流域面积{figure(i, 3, 900)}平方公里，流经{figure(i, 4, 6)}个乡镇、{figure(i, 5, 40)}个村（社区），设县级河长1名、乡级河长{figure(i, 6, 6)}名、村级河长"
                f"{figure(i, 7, 40)}名。全年各级河长巡河{figure(i, 8, 3000)}人次，其中县级{figure(i, 9, 12)}人次、乡级{figure(i, 10, 300)}人次；发现问题{figure(i, 11, 90)}个，整改{figure(i, 12, 85)}个。"),
            p(f"水质方面，{name}出境断面全年监测12次，达到或优于Ⅲ类{figure(i, 13, 3) + 9}次，高锰酸盐指数平均{figure(i, 14, 5)}.{figure(i, 15, 9)}mg/L，氨氮0.{figure(i, 16, 90):02}mg/L，总磷0.{figure(i, 17, 20):02}mg/L，水温"
                f"{figure(i, 18, 9)}～{figure(i, 19, 9) + 18}℃，pH值7.{figure(i, 20, 9)}。与2024年相比，主要污染物浓度下降{figure(i, 21, 20)}.{figure(i, 22, 9)}%。"),
            h(2, "（一）岸线管护"),
            p(f"划定管理范围{figure(i, 23, 200)}公里，埋设界桩{figure(i, 24, 900)}个；清理“四乱”问题{figure(i, 25, 60)}处，拆除违法建筑{figure(i, 26, 9000)}平方米，清运垃圾{figure(i, 27, 900)}吨；查处非法采砂{figure(i, 28, 9)}起，罚款"
                f"{figure(i, 29, 60)}万元。"),
            h(2, "（二）水污染防治"),
            p(f"排查入河排污口{figure(i, 30, 60)}个，完成整治{figure(i, 31, 50)}个；新建污水管网{figure(i, 32, 30)}.{figure(i, 33, 9)}公里，城镇污水处理率达9{figure(i, 34, 9)}%；推广测土配方施肥{figure(i, 35, 9)}.{figure(i, 36, 9)}万亩，畜禽粪污"
                f"综合利用率8{figure(i, 37, 9)}%以上。（详见附件）")]
        blocks += table(f"表{i + 1}　{name}各断面逐月水质类别", ["断面"] + [f"{m}月" for m in MONTHS],
            [[f"{TOWNS[k]}断面"] + [["Ⅱ", "Ⅲ", "Ⅲ", "Ⅳ"][figure(i + k, m, 4) - 1] for m in MONTHS] for k in range(10)], "来源：县生态环境监测站；Ⅳ类为超标。")
    blocks += [p("特此报告。"), {"kind": "annex", "number": "附件", "text": "2025年度河湖问题整改台账", "landscape": True}]
    blocks += table("", ["序号", "河湖", "乡镇（街道）", "问题描述", "发现时间", "发现方式", "责任人", "整改措施", "完成时限", "状态"],
        [[str(k + 1), RIVERS[k % 10], TOWNS[k % 12], ["河道内堆放建筑垃圾，影响行洪", "岸坡种植高秆作物", "生活污水直排", "非法捕捞、电鱼"][k % 4], f"2025-{k % 12 + 1:02}-{k % 27 + 1:02}", ["河长巡河", "群众举报", "卫星遥感", "部门检查"][k % 4],
            ["王建国", "李明", "欧阳文华"][k % 3], "限期清除并恢复原状，落实日常管护责任", f"2025-{k % 12 + 1:02}-28", ["已整改", "整改中"][k % 7 == 0]] for k in range(60)])[1:]
    return {"name": "long_river", "title": "河湖长制工作情况的报告", "lang": "zh-CN", "author": "某某县河长制办公室", "keep": ["习近平", "欧阳文华"],
        "head": {"form": "red", "mark": "某某县河长制办公室", "number": "某河办〔2026〕1号", "urgency": "加急"}, "blocks": blocks, "annexes": ["2025年度河湖问题整改台账"],
        "sign": {"names": ["某某县河长制办公室"], "date": "2026年1月20日", "seal": "stamp"}, "colophon": {"copies": "各县级河长，县直有关单位", "issuer": "某某县河长制办公室", "date": "2026年1月20日"}}


# ---- data protection, in English

TOPICS = [("Records of processing", "Article 30", "register of processing activities"), ("Rights of data subjects", "Articles 12 to 23", "requests for access, rectification and erasure"),
    ("Personal data breaches", "Articles 33 and 34", "breaches and notifications"), ("Impact assessments", "Article 35", "data protection impact assessments"), ("Processors", "Article 28", "contracts with processors"),
    ("Transfers to third countries", "Chapter V", "standard contractual clauses and transfer assessments"), ("Security of processing", "Article 32", "technical and organisational measures"),
    ("Training and awareness", "Article 39(1)(b)", "training of staff"), ("Retention and erasure", "Article 5(1)(e)", "retention schedules"), ("Audits", "Article 39(1)(b)", "audits and follow-up")]
UNITS = ["Registry", "Human Resources", "Finance", "Procurement", "Housing", "Schools", "Social Services", "Libraries", "IT Services", "Legal"]


def data():
    blocks = [{"kind": "title", "text": "Annual Report of the Data Protection Officer 2025"},
        p("This report is made to the governing board under Article 38(3) of Regulation (EU) 2016/679 (the GDPR). It says what was asked of the organisation in 2025, what was done, what was not, and what the board should decide. Figures are those of the "
            "register on 31 December 2025; where a figure differs from last year's report, the reason is given beside it.")]
    for i, (topic, article, what) in enumerate(TOPICS):
        blocks += [h(1, f"{i + 1}. {topic}"),
            p(f"{article} of the GDPR requires the controller to keep {what} in good order and to be able to demonstrate it. At the end of the year {figure(i, 1, 240)} items stood in the register, {figure(i, 2, 60)} of them new and {figure(i, 3, 30)} closed during "
                f"the year; {figure(i, 4, 12)} were overdue on the day of the report, compared with {figure(i, 5, 20)} a year before."),
            p(f"The officer reviewed {figure(i, 6, 90)} items by sample. In {figure(i, 7, 20)} cases the documentation was incomplete, most often because the legal basis or the period of retention was missing; in {figure(i, 8, 6)} cases the processing had begun "
                "before the assessment was finished. Each unit was told in writing, and each received a date by which the gap was to be closed."),
            h(2, f"{i + 1}.1 What went well"),
            p(f"Units answered faster: the median time fell from {figure(i, 9, 20) + 10} to {figure(i, 10, 10) + 5} days, and {90 + figure(i, 11, 9)}% of all cases were closed within the period of one month that the law allows. The self-service form, introduced "
                "in March, now brings in two thirds of all requests; identity checks no longer ask for a copy of a passport where a signed-in account is enough. The template for records was shortened from nine pages to two, after which the number of late "
                "returns was halved."),
            h(2, f"{i + 1}.2 What did not"),
            p(f"Three units did not return their {what} at all before a second reminder. The backlog of old paper files in the basement store has been known since 2021 and is still not listed. The contract for the case management system expires on 30 June "
                "2026 and contains no clause about the return of data in an open format; without one, the organisation depends on the good will of the supplier. The board should not renew it as it stands."),
            p("The officer recalls that the duty to demonstrate compliance cannot be delegated: a supplier's certificate is evidence, not a decision. Where a unit relies on legitimate interests, the balancing test has to be written down before the processing "
                "begins, dated and signed by whoever is responsible for it.")]
        blocks += table(f"Table {i + 1}. {topic} by unit", ["Unit", "Open 1 Jan", "New", "Closed", "Open 31 Dec", "Overdue", "Median days", "Remarks"],
            [[unit] + [str(figure(i + k, m, 60)) for m in range(6)] + [["", "register complete", "two records without legal basis", "answers late in summer", "new processor since May"][figure(i, k, 5) - 1]] for k, unit in enumerate(UNITS)],
            "Source: register of the data protection officer, 31 December 2025.")
        blocks.append(p(f"Recommendation {i + 1}. The board should ask each unit named above to report by 31 March 2026 on the {what} that are still open, and should make the budget for it known before the summer."))
    return {"name": "long_data", "title": "Annual Report of the Data Protection Officer 2025", "lang": "en", "author": "Data Protection Officer", "blocks": blocks,
        "sign": {"names": ["Data Protection Officer"], "date": "15 January 2026", "seal": "none"}}


ALL = {"safety": safety, "clean": clean, "river": river, "data": data}


def documents():
    out = []
    for make in ALL.values():
        d = make()
        d["blocks"] = [b for b in d["blocks"] if b["kind"] != "caption" or b["text"]]
        out.append(d)
    return out


def main():
    wanted = sys.argv[1:] or list(ALL)
    for d in documents():
        if d["name"][5:] in wanted:
            print(json.dumps(d, ensure_ascii=False))


if __name__ == "__main__":
    main()
