#!/bin/bash
# Photos that lie on their side by what the camera noted, and JPEG files of four inks: upright and in their colours in
# PDF, OFD and DOCX.
source "$(dirname "$0")/kit.bash"
driver=$(dirname "$zeren")/tests/unit/doc_driver

# 48 × 32: red above on the left, blue on the right, white below. The second as Photoshop writes four inks.
base64 -d >"$tmp/base.jpg" <<END
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYU
GBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAgADAD
AREAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAYHCf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAXAQEBAQEAAAAAAAAAAAAAAAAACQcI/8QA
FBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8Awxl7usABKqEJngAKpPdTAABKqEJngAO+DkdooAAAAAAAAAAD/9k=
END
base64 -d >"$tmp/inks.jpg" <<END
/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgS
FBUU/9sAQwEDBAQFBAUJBQUJFA0LDRQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU/8AAFAgAIAAwBAER
AAIRAQMRAQQRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAGCAn/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFwEBAQEBAAAAAAAAAAAAAAAAAAkHCP/E
ABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAhEDEQQAAD8AvWwJvtqgAAoEqle0kAACfVVSEVoAAKBKpXtJAAA4mu9WSNVgAAAAAAAAAAAAAA//
2Q==
END
cat >"$tmp/turned.py" <<'PY'
import json, struct, sys
jpeg = open(sys.argv[1] + "/base.jpg", "rb").read()
for turn in (3, 6, 8):
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    exif = b"Exif\0\0" + tiff
    open(f"{sys.argv[1]}/turned{turn}.jpg", "wb").write(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
for name in ("base", "inks", "turned3", "turned6", "turned8"):
    print(json.dumps({"name": name, "title": name, "lang": "zh-CN", "blocks": [{"kind": "body", "text": "前文。"},
        {"kind": "picture", "picture": {"png": f"{sys.argv[1]}/{name}.jpg", "alt": "图", "width": 60000000}}]}))
PY
python3 "$tmp/turned.py" "$tmp" >"$tmp/docs"
"$driver" -f pdf,ofd,docx -o "$tmp" <"$tmp/docs" >"$tmp/said"
case_is $? "documents with pictures are written"

# Where red and blue are on the page, in widths of the picture; then what the files of OFD and DOCX say.
cat >"$tmp/look.py" <<'PY'
import subprocess, sys, zipfile
name, red, blue = sys.argv[2], sys.argv[3], sys.argv[4]
at = sys.argv[1]
ppm = subprocess.run(["pdftoppm", "-r", "50", f"{at}/{name}.pdf"], stdout=subprocess.PIPE, check=True).stdout
kind, w, h, most = ppm.split(maxsplit=4)[:4]
px, w = ppm[-3 * int(w) * int(h):], int(w)
places = {"red": [], "blue": []}
for i in range(0, len(px), 3):
    r, g, b = px[i:i + 3]
    if max(r, b) - min(r, b) > 90 and g < 110:
        places["red" if r > b else "blue"].append((i // 3 % w, i // 3 // w))
mid = {k: tuple(sum(p[j] for p in v) / len(v) for j in (0, 1)) for k, v in places.items()}
side = max(abs(mid["red"][j] - mid["blue"][j]) for j in (0, 1)) / 2
x0, y0 = (min(mid["red"][j], mid["blue"][j]) for j in (0, 1))
x1, y1 = (max(mid["red"][j], mid["blue"][j]) for j in (0, 1))
where = {k: ("left" if x < x1 - side else "right" if x > x0 + side else "") + ("above" if y < y1 - side else "below" if y > y0 + side else "")
    for k, (x, y) in mid.items()}
assert (where["red"], where["blue"]) == (red, blue), where

def sides(jpeg):
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        assert jpeg[at + 1] != 0xE1, "it still says how it lies"
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
    return jpeg[at + 9], int.from_bytes(jpeg[at + 7:at + 9], "big"), int.from_bytes(jpeg[at + 5:at + 7], "big")
for end in ("ofd", "docx"):
    z = zipfile.ZipFile(f"{at}/{name}.{end}")
    got = [sides(z.read(n)) for n in z.namelist() if n.endswith((".jpg", ".jpeg"))]
    assert got == [(3, 48, 32) if name in ("base", "inks", "turned3") else (3, 32, 48)], (end, got)
PY
look() {
	python3 "$tmp/look.py" "$tmp" "$@"
	case_is $? "$1: red is $2, blue is $3; OFD and DOCX hold it so"
}
look base left right
look inks left right
look turned3 right left
look turned6 above below
look turned8 below above
finish
[ "$failed" = 0 ]
