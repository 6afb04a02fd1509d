/* Words that count or measure and stay on the line of the digit before them: U(word), UTF-16. The longest that fits is
 * taken, so a word that begins with another needs its own line only where it should not be broken itself. */
/* time */
U(u"年") U(u"年度") U(u"年级") U(u"月") U(u"月份") U(u"日") U(u"号") U(u"时") U(u"点") U(u"分") U(u"分钟") U(u"秒")
U(u"秒钟") U(u"周") U(u"周年") U(u"周岁") U(u"岁") U(u"天") U(u"小时") U(u"季度") U(u"旬") U(u"世纪") U(u"年代")
U(u"学时") U(u"课时") U(u"个月") U(u"个小时") U(u"个季度") U(u"个星期") U(u"个工作日") U(u"工作日")
/* people and bodies */
U(u"人") U(u"人次") U(u"人份") U(u"名") U(u"位") U(u"户") U(u"户次") U(u"家") U(u"家次") U(u"组") U(u"队") U(u"班")
U(u"支") U(u"口") U(u"代") U(u"届") U(u"岗") U(u"村") U(u"镇") U(u"乡")
/* things and acts */
U(u"个") U(u"个百分点") U(u"百分点") U(u"次") U(u"条") U(u"条次") U(u"件") U(u"件次") U(u"项") U(u"项次") U(u"处")
U(u"场") U(u"场次") U(u"期") U(u"起") U(u"份") U(u"篇") U(u"篇次") U(u"部") U(u"部分") U(u"批") U(u"批次") U(u"类")
U(u"级") U(u"种") U(u"套") U(u"台") U(u"台次") U(u"辆") U(u"辆次") U(u"架") U(u"艘") U(u"间") U(u"所") U(u"座")
U(u"栋") U(u"幢") U(u"层") U(u"楼") U(u"室") U(u"门") U(u"页") U(u"章") U(u"节") U(u"款") U(u"目") U(u"本") U(u"册")
U(u"卷") U(u"集") U(u"张") U(u"幅") U(u"枚") U(u"块") U(u"段") U(u"句") U(u"字") U(u"行") U(u"列") U(u"栏") U(u"封")
U(u"则") U(u"例") U(u"宗") U(u"案") U(u"票") U(u"课") U(u"讲") U(u"轮") U(u"步") U(u"线") U(u"方") U(u"倍") U(u"成")
U(u"折") U(u"度") U(u"只") U(u"头") U(u"匹") U(u"棵") U(u"株") U(u"颗") U(u"箱") U(u"包") U(u"袋") U(u"瓶") U(u"盒")
U(u"把") U(u"双") U(u"对") U(u"副") U(u"遍") U(u"回") U(u"趟") U(u"顿") U(u"声") U(u"面") U(u"版") U(u"群") U(u"路")
U(u"站") U(u"车") U(u"床")
/* money */
U(u"元") U(u"元整") U(u"角") U(u"角整") U(u"美元") U(u"欧元") U(u"港元") U(u"日元")
/* measures */
U(u"米") U(u"厘米") U(u"毫米") U(u"微米") U(u"千米") U(u"公里") U(u"里") U(u"海里") U(u"平方米") U(u"平方公里")
U(u"平方千米") U(u"立方米") U(u"亩") U(u"公顷") U(u"顷") U(u"吨") U(u"公斤") U(u"千克") U(u"克") U(u"毫克") U(u"斤")
U(u"升") U(u"毫升") U(u"千瓦") U(u"千瓦时") U(u"兆瓦") U(u"瓦") U(u"伏") U(u"安") U(u"摄氏度") U(u"分贝") U(u"兆")
U(u"字节")
