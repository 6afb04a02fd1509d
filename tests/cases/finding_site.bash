# The small office of the pages of findings: units, posts, a checklist, findings as old registers have them. Sourced behind
# kit.bash; sets data.
export ZEREN_PASSWORD_COST=low
data=$tmp/data
office=$(dirname "${BASH_SOURCE[0]}")/offices/findings
"$zeren" init "$data" --org "$office/org.json" --scheme "$office/scheme.yaml" >/dev/null || exit 1
say() { "$zeren" record add "$@" --year 2022 --data "$data" >/dev/null || exit 1; }

say inspection no=D-1 planned=2022-03-01 unit=石桥镇 lead=G12 team=张三、李四 methods=实地、查资料
say inspection no=D-2 planned=2022-11-01 unit=竹溪镇 lead=G12 methods=听汇报
say inspection no=D-4 planned=2022-03-02 unit=石桥镇 lead=G12 methods=实地
say inspection no=D-3 planned=2022-02-10 date=2022-02-10 reported=2022-02-15 unit=综合科 lead=G02 methods=查资料
say problem no=P-1 inspection=D-3 source=专项督查 what=台账不全 cause=无人负责 level=一般 found_on=2022-02-10 unit=综合科 limit=2022-04-30 \
	done=2022-04-01 closed=2022-04-10
say problem no=P-2 source=上级反馈 what=记录缺失 cause=无人负责 level=较重 found_on=2022-06-10 unit=综合科 limit=2022-09-30
say problem no=P-3 source=自查 what=值班脱岗 cause=排班不当 level=严重 found_on=2022-12-01 unit=竹溪镇 limit=2023-01-10
say problem no=P-4 source=自查 what=线路老化 cause=年久失修 level=一般 found_on=2022-12-20 unit=石桥镇

while read -r login name post roles; do
	echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$name" --post "$post" --lasting --password-stdin --data "$data" >/dev/null || exit 1
	for role in $roles; do
		"$zeren" account grant "$login" ${role/:/ } --data "$data" >/dev/null || exit 1
	done
done <<'ACCOUNTS'
wang.li 王丽 G12 owner:U00
fu.zhu 傅主任 G02 verifier:U00
lin.zhu 林主任 G01 reviewer:U00
shi.qiao 石书记 G21 filler:T01
zhu.xi 祝书记 G22 filler:T02
ACCOUNTS
