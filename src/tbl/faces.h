/* Fonts of official documents (docs/layout.md, "Fonts").
 *
 * NAME(face, family, name written beside it, its other name): fonts that offices have, best first; looked for in the
 * office's own folder, then among the fonts of the system.
 * FREE(face, file, family, package): free ones, best first, where an office has none of those. The first row names the
 * package that `./dev setup` takes.
 * STAND(face, file, family): what stands in for characters that the face lacks, in this order; FACE_BLOCK: any face.
 */
#ifdef NAME
NAME(FACE_FANG, "仿宋_GB2312", "仿宋_GB2312", "仿宋")
NAME(FACE_FANG, "FangSong_GB2312", "仿宋_GB2312", "仿宋")
NAME(FACE_FANG, "仿宋", "仿宋", "仿宋_GB2312")
NAME(FACE_FANG, "FangSong", "仿宋", "仿宋_GB2312")
NAME(FACE_FANG, "方正仿宋_GBK", "方正仿宋_GBK", "仿宋_GB2312")
NAME(FACE_KAI, "楷体_GB2312", "楷体_GB2312", "楷体")
NAME(FACE_KAI, "KaiTi_GB2312", "楷体_GB2312", "楷体")
NAME(FACE_KAI, "楷体", "楷体", "楷体_GB2312")
NAME(FACE_KAI, "KaiTi", "楷体", "楷体_GB2312")
NAME(FACE_KAI, "方正楷体_GBK", "方正楷体_GBK", "楷体_GB2312")
NAME(FACE_HEI, "黑体", "黑体", "SimHei")
NAME(FACE_HEI, "SimHei", "黑体", "SimHei")
NAME(FACE_HEI, "方正黑体_GBK", "方正黑体_GBK", "黑体")
NAME(FACE_SONG, "宋体", "宋体", "SimSun")
NAME(FACE_SONG, "SimSun", "宋体", "SimSun")
NAME(FACE_SONG, "方正书宋_GBK", "方正书宋_GBK", "宋体")
NAME(FACE_BIAO, "方正小标宋简体", "方正小标宋简体", "小标宋体")
NAME(FACE_BIAO, "FZXiaoBiaoSong-B05S", "方正小标宋简体", "小标宋体")
NAME(FACE_BIAO, "方正小标宋_GBK", "方正小标宋_GBK", "小标宋体")
NAME(FACE_BIAO, "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "小标宋体")
NAME(FACE_BIAO, "小标宋体", "小标宋体", "方正小标宋简体")
#endif
#ifdef FREE
FREE(FACE_FANG, "FandolFang-Regular.otf", "FandolFang", "texlive-lang-chinese")
FREE(FACE_KAI, "FandolKai-Regular.otf", "FandolKai", "texlive-lang-chinese")
FREE(FACE_KAI, "ukai.ttc", "AR PL UKai CN", "fonts-arphic-ukai")
FREE(FACE_HEI, "FandolHei-Regular.otf", "FandolHei", "texlive-lang-chinese")
FREE(FACE_HEI, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "fonts-noto-cjk")
FREE(FACE_SONG, "FandolSong-Regular.otf", "FandolSong", "texlive-lang-chinese")
FREE(FACE_SONG, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "fonts-noto-cjk")
FREE(FACE_BIAO, "NotoSerifCJK-Black.ttc", "Noto Serif CJK SC", "fonts-noto-cjk-extra")
FREE(FACE_BIAO, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "fonts-noto-cjk")
FREE(FACE_BIAO, "FandolSong-Bold.otf", "FandolSong", "texlive-lang-chinese")
#endif
#ifdef STAND
STAND(FACE_KAI, "ukai.ttc", "AR PL UKai CN")
STAND(FACE_HEI, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC")
STAND(FACE_BIAO, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC")
STAND(FACE_BLOCK, "uming.ttc", "AR PL UMing CN")
STAND(FACE_BLOCK, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC")
STAND(FACE_BLOCK, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC")
STAND(FACE_BLOCK, "BabelStoneHan.ttf", "BabelStone Han")
STAND(FACE_BLOCK, "DejaVuSans.ttf", "DejaVu Sans")
#endif
