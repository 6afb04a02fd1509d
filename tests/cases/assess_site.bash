# A district office whose scheme scores the townships, with accounts for every hand. Sourced behind kit.bash: assess_site DIR
assess_site() {
	cat "$example/scheme.yaml" - >"$tmp/assess.yaml" <<'YAML'

assess:
  title: 2022年度乡镇考核
  of: "each unit:责任单位"
  convert: 100
  appeal: 5d
  sections:
    - id: A
      title: 任务完成
      items:
        - {id: A1, title: 督查反馈, points: 40, share: A08}
        - {id: A2, title: 材料质量, points: 20, judge: deduct, from: 0.5, to: 4, proof: 报送材料}
    - id: B
      title: 加分
      bonus_at_most: 2
      items:
        - {id: B1, title: 督查加分, bonus: outside, done: A08, grant: 0.1}
  grades: [{name: 优秀, from: 90, quota: 30%}, {name: 合格, from: 60}, {name: 不合格}]
YAML
	"$zeren" init "$1" --org "$example/org.json" --scheme "$tmp/assess.yaml" >/dev/null || exit 1
	"$zeren" import "$example" --data "$1" --accept --partial >/dev/null
	while read -r login name post roles; do
		echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$name" --post "$post" --lasting --password-stdin --data "$1" >/dev/null || exit 1
		# shellcheck disable=SC2086
		"$zeren" account grant "$login" $roles --data "$1" >/dev/null || exit 1
	done <<'ACCOUNTS'
he.ping 何平 G16 scorer U00
fu.he 付和 G12 scorer U00
shi.qiao 石桥 G01 filler T01
zhu.xi 竹溪 G02 filler T02
zhong.cai 仲裁 G11 panel U00
kan.ke 看客 G13 viewer
ACCOUNTS
}
