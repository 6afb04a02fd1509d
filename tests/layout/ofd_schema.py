#!/usr/bin/env python3
"""Is a package a sound OFD (GB/T 33190-2016)? A schema as a table, made from the facts of the format: order and number of
children, attributes and their types, ids and references.

usage: ofd_schema.py FILE.ofd
"""
import re
import sys

from model import NS, Broken, Ofd, deltas

ID = r"[1-9]\d*"
NUM = r"-?\d+(\.\d+)?"
NUMS = rf"{NUM}( {NUM})*"
BOX = rf"{NUM} {NUM} {NUM} {NUM}"
LOC = r"/?[^/\\]+(/[^/\\]+)*"
BOOL = "true|false"
COLOUR = r"\d+ \d+ \d+"
ANY = ".+"

# element: (children in order, attributes {name: pattern}, pattern of its text). Children: name? at most one, name* any
# number, name+ at least one; a|b* any of them in any order. An attribute ending with ! must be there.
SCHEMA = {
    "OFD": ("DocBody+", {"Version!": r"1\.[012]", "DocType!": "OFD"}, None),
    "DocBody": ("DocInfo DocRoot? Versions? Signatures?", {}, None),
    "DocInfo": ("DocID Title? Author? Subject? Abstract? CreationDate? ModDate? DocUsage? Cover? Keywords? Creator? "
        "CreatorVersion? CustomDatas?", {}, None),
    "DocID": ("", {}, "[0-9a-fA-F]{32}"), "Title": ("", {}, ANY), "Author": ("", {}, ANY), "Subject": ("", {}, ANY),
    "Abstract": ("", {}, ANY), "CreationDate": ("", {}, r"\d{4}-\d\d-\d\d"), "ModDate": ("", {}, r"\d{4}-\d\d-\d\d"),
    "DocUsage": ("", {}, ANY), "Creator": ("", {}, ANY), "CreatorVersion": ("", {}, ANY),
    "Keywords": ("Keyword+", {}, None), "Keyword": ("", {}, ANY),
    "CustomDatas": ("CustomData+", {}, None), "CustomData": ("", {"Name!": ANY}, ".*"),
    "DocRoot": ("", {}, LOC),
    "Document": ("CommonData Pages Outlines? Permissions? Actions? VPreferences? Bookmarks? Annotations? CustomTags? "
        "Attachments? Extensions?", {}, None),
    "CommonData": ("MaxUnitID PageArea PublicRes* DocumentRes* TemplatePage* DefaultCS?", {}, None),
    "MaxUnitID": ("", {}, ID), "PublicRes": ("", {}, LOC), "DocumentRes": ("", {}, LOC), "DefaultCS": ("", {}, ID),
    "PageArea": ("PhysicalBox ApplicationBox? ContentBox? BleedBox?", {}, None),
    "Area": ("PhysicalBox ApplicationBox? ContentBox? BleedBox?", {}, None),
    "PhysicalBox": ("", {}, BOX), "ApplicationBox": ("", {}, BOX), "ContentBox": ("", {}, BOX), "BleedBox": ("", {}, BOX),
    "Pages": ("Page+", {}, None),
    "Outlines": ("OutlineElem+", {}, None),
    "OutlineElem": ("Actions? OutlineElem*", {"Title!": ANY, "Count": r"\d+", "Expanded": BOOL}, None),
    "Actions": ("Action+", {}, None),
    "Action": ("Region? Goto|URI", {"Event!": "DO|PO|CLICK"}, None),
    "Goto": ("Dest|Bookmark", {}, None), "URI": ("", {"URI!": ANY, "Base": ANY}, None),
    "Dest": ("", {"Type!": "XYZ|Fit|FitH|FitV|FitR", "PageID!": ID, "Left": NUM, "Top": NUM, "Right": NUM, "Bottom": NUM,
        "Zoom": NUM}, None),
    "Bookmarks": ("Bookmark+", {}, None), "Bookmark": ("Dest?", {"Name!": ANY}, None),
    "Annotations": ("", {}, LOC), "CustomTags": ("CustomTag*", {}, None), "Attachments": ("Attachment*", {}, None),
    "CustomTag": ("SchemaLoc? FileLoc", {"NameSpace!": ANY}, None), "FileLoc": ("", {}, LOC), "SchemaLoc": ("", {}, LOC),
    "Attachment": ("FileLoc", {"ID!": ANY, "Name!": ANY, "Format": ANY, "CreationDate": ANY, "ModDate": ANY, "Size": NUM,
        "Visible": BOOL, "Usage": ANY}, None),
    "VPreferences": ("PageMode? PageLayout? TabDisplay? HideToolbar? HideMenubar? HideWindowUI? ZoomMode|Zoom?", {}, None),
    "PageMode": ("", {}, ANY), "PageLayout": ("", {}, ANY), "TabDisplay": ("", {}, ANY), "ZoomMode": ("", {}, ANY),
    "Res": ("ColorSpaces|DrawParams|Fonts|MultiMedias|CompositeGraphicUnits*", {"BaseLoc!": LOC}, None),
    "Fonts": ("Font*", {}, None),
    "Font": ("FontFile?", {"ID!": ID, "FontName!": ANY, "FamilyName": ANY, "Charset": "symbol|prc|big5|shift-jis|wansung|"
        "johab|unicode", "Italic": BOOL, "Bold": BOOL, "Serif": BOOL, "FixedWidth": BOOL}, None),
    "FontFile": ("", {}, LOC),
    "ColorSpaces": ("ColorSpace*", {}, None),
    "ColorSpace": ("", {"ID!": ID, "Type!": "GRAY|RGB|CMYK", "BitsPerComponent": r"\d+", "Profile": ANY}, None),
    "MultiMedias": ("MultiMedia*", {}, None),
    "MultiMedia": ("MediaFile", {"ID!": ID, "Type!": "Image|Audio|Video", "Format": ANY}, None), "MediaFile": ("", {}, LOC),
    "Content": ("Layer+", {}, None),
    "Layer": ("TextObject|PathObject|ImageObject|CompositeObject|PageBlock*", {"ID!": ID, "Type": "Body|Background|Foreground|"
        "Custom", "DrawParam": ID}, None),
    "PageBlock": ("TextObject|PathObject|ImageObject|CompositeObject|PageBlock*", {"ID!": ID}, None),
    "TextObject": ("Actions? Clips? FillColor? StrokeColor? CGTransform|TextCode+", {"ID!": ID, "Boundary!": BOX, "Font!": ID, "Size!": NUM,
        "Stroke": BOOL, "Fill": BOOL, "HScale": NUM, "ReadDirection": "0|90|180|270", "CharDirection": "0|90|180|270",
        "Weight": r"[1-9]00|0|1000", "Italic": BOOL, "CTM": rf"{NUM}( {NUM}){{5}}", "Name": ANY, "Visible": BOOL, "LineWidth": NUM,
        "Alpha": r"\d+", "DrawParam": ID}, None),
    "TextCode": ("", {"X": NUM, "Y": NUM, "DeltaX": rf"(g \d+ )?{NUM}( (g \d+ )?{NUM})*", "DeltaY": rf"(g \d+ )?{NUM}( (g \d+ )?{NUM})*"},
        "(?s).+"),
    "CGTransform": ("Glyphs?", {"CodePosition!": r"\d+", "CodeCount": ID, "GlyphCount": ID}, None),
    "Glyphs": ("", {}, r"\d+( \d+)*"),
    "FillColor": ("", {"Value": COLOUR, "Index": r"\d+", "ColorSpace": ID, "Alpha": r"\d+"}, None),
    "StrokeColor": ("", {"Value": COLOUR, "Index": r"\d+", "ColorSpace": ID, "Alpha": r"\d+"}, None),
    "PathObject": ("Actions? Clips? StrokeColor? FillColor? AbbreviatedData", {"ID!": ID, "Boundary!": BOX, "CTM": rf"{NUM}( {NUM}){{5}}",
        "LineWidth": NUM, "Cap": "Butt|Round|Square", "Join": "Miter|Round|Bevel", "MiterLimit": NUM, "DashOffset": NUM,
        "DashPattern": NUMS, "Stroke": BOOL, "Fill": BOOL, "Rule": "NonZero|Even-Odd", "Alpha": r"\d+", "Name": ANY,
        "Visible": BOOL, "DrawParam": ID}, None),
    "AbbreviatedData": ("", {}, rf"([SMLQBAC]( {NUM})* ?)+"),
    "ImageObject": ("Actions? Clips? Border?", {"ID!": ID, "Boundary!": BOX, "CTM!": rf"{NUM}( {NUM}){{5}}", "ResourceID!": ID,
        "Name": ANY, "Alpha": r"\d+", "Visible": BOOL, "Substitution": ID}, None),
}
PAGE = {
    "Document/Pages": ("", {"ID!": ID, "BaseLoc!": LOC}, None),
    "": ("Template* PageRes* Area? Content? Actions?", {}, None),
}


def local(tag):
    return tag.rpartition("}")[2]


def children_fit(names, order):
    """Do children come in the order? Each part of the order eats what it may."""
    at = 0
    for part in order.split():
        most, least = (1, 1) if part[-1] not in "?*+" else {"?": (1, 0), "*": (1 << 30, 0), "+": (1 << 30, 1)}[part[-1]]
        choice = part.rstrip("?*+").split("|")
        n = 0
        while n < most and at < len(names) and names[at] in choice:
            at, n = at + 1, n + 1
        if n < least:
            return f"{part.rstrip('?*+')} is missing"
    return f"{names[at]} stands where it must not" if at < len(names) else ""


class Schema:
    def __init__(self, source):
        self.faults = []
        try:
            self.ofd = source if isinstance(source, Ofd) else Ofd(source)
        except (Broken, OSError) as e:
            self.faults.append(f"package: {e}")
            return
        self.ids, self.refs, self.parts = {}, [], set()
        try:
            self.all()
        except Broken as e:
            self.faults.append(str(e))

    def fault(self, part, what):
        self.faults.append(f"{part}: {what}")

    def node(self, part, n, parent=""):
        name = local(n.tag)
        if not n.tag.startswith(NS):
            self.fault(part, f"{n.tag} is in a wrong namespace")
            return
        rule = SCHEMA.get(name)
        if name == "Page":
            rule = PAGE["Document/Pages" if parent == "Pages" else ""]
        if rule is None:
            self.fault(part, f"no element {name} is known")
            return
        order, attrs, text = rule
        wrong = children_fit([local(c.tag) for c in n], order)
        if wrong:
            self.fault(part, f"{name} {n.get('ID', '')}: {wrong}")
        for key, pattern in attrs.items():
            value = n.get(key.rstrip("!"))
            if value is None:
                if key.endswith("!"):
                    self.fault(part, f"{name} {n.get('ID', '')}: {key.rstrip('!')} is missing")
            elif not re.fullmatch(pattern, value):
                self.fault(part, f"{name} {n.get('ID', '')}: {key.rstrip('!')}=“{value[:60]}”")
        for key in n.attrib:
            if key not in attrs and key + "!" not in attrs:
                self.fault(part, f"{name} {n.get('ID', '')}: no attribute {key} is known")
        own = n.text or ""
        if text is None:
            if own.strip():
                self.fault(part, f"{name}: text “{own.strip()[:20]}” where none may be")
        elif not re.fullmatch(text, own):
            self.fault(part, f"{name}: text “{own[:40]}”")
        if n.get("ID") and name != "Attachment":
            # a page has its id where Document.xml lists it
            if n.get("ID") in self.ids:
                self.fault(part, f"{name}: id {n.get('ID')} is also that of {self.ids[n.get('ID')]}")
            self.ids[n.get("ID")] = name
        for key, kinds in (("Font", ("Font",)), ("ResourceID", ("MultiMedia",)), ("PageID", ("Page",)), ("ColorSpace", ("ColorSpace",)),
                ("DrawParam", ("DrawParam",))):
            if n.get(key):
                self.refs.append((part, name, n.get("ID", ""), n.get(key), kinds))
        if name == "TextCode":
            for key in ("DeltaX", "DeltaY"):
                try:
                    deltas(n.get(key), len(own))
                except Broken as e:
                    self.fault(part, f"TextCode “{own[:20]}”: {e}")
            if len(own) > 1 and not n.get("DeltaX") and not n.get("DeltaY"):
                self.fault(part, f"TextCode “{own[:20]}” says no places")
        for c in n:
            self.node(part, c, name)

    def file(self, part, what):
        if part not in self.ofd.names:
            self.fault(part, f"not in the package, though {what} names it")
        self.parts.add(part)

    def all(self):
        ofd = self.ofd
        if len(set(ofd.names)) != len(ofd.names):
            self.fault("package", "a name occurs twice")
        for info in ofd.zip.infolist():
            if info.filename.startswith("/") or ".." in info.filename.split("/"):
                self.fault("package", f"the name {info.filename}")
        self.node("OFD.xml", ofd.root)
        self.node(ofd.doc_path, ofd.doc)
        self.parts |= {"OFD.xml", ofd.doc_path}
        for name, res in ofd.resources():
            self.node(name, res)
            self.parts.add(name)
            base = ofd.at(name.rpartition("/")[0], res.get("BaseLoc", ""))
            for tag in ("FontFile", "MediaFile"):
                for f in res.iter(NS + tag):
                    self.file(ofd.at(base, f.text or ""), name)
            for f in res.iter(NS + "Font"):
                if f.find(NS + "FontFile") is None:
                    self.fault(name, f"font {f.get('FontName')} is not embedded")
        for _, name, page in ofd.page_parts():
            self.node(name, page)
            self.parts.add(name)
        self.tags()
        for node in ofd.doc.iter(NS + "Attachments"):
            if node.text and node.text.strip():
                name = ofd.at(ofd.folder, node.text)
                self.file(name, "Document.xml")
                if name in ofd.names:
                    self.node(name, ofd.xml(name))
                    for f in ofd.xml(name).iter(NS + "FileLoc"):
                        self.file(ofd.at(name.rpartition("/")[0], f.text or ""), name)
        self.references()
        for name in ofd.names:
            if name not in self.parts and not name.endswith("/"):
                self.fault(name, "nothing in the package names it")

    def tags(self):
        ofd = self.ofd
        for node in ofd.doc.findall(NS + "CustomTags"):
            name = ofd.at(ofd.folder, (node.text or "").strip())
            self.file(name, "Document.xml")
            index = ofd.xml(name)
            self.node(name, index)
            for f in index.iter(NS + "FileLoc"):
                file = ofd.at(name.rpartition("/")[0], f.text or "")
                self.file(file, name)
                if file in ofd.names:
                    for ref in ofd.xml(file).iter(NS + "ObjectRef"):
                        self.refs.append((file, "ObjectRef", "", (ref.text or "").strip(), ("TextObject", "PathObject", "ImageObject")))
                        self.refs.append((file, "ObjectRef", "", ref.get("PageRef", ""), ("Page",)))

    def references(self):
        most = int(self.ofd.text(self.ofd.doc, f"{NS}CommonData/{NS}MaxUnitID"))
        for i in self.ids:
            if int(i) > most:
                self.fault("Document.xml", f"id {i} is above MaxUnitID {most}")
        for part, name, own, to, kinds in self.refs:
            if self.ids.get(to) not in kinds:
                self.fault(part, f"{name} {own}: {to} is no {' or '.join(kinds)}")


# Document.xml's elements that only hold the place of a file
for _name in ("CustomTags", "Attachments"):
    SCHEMA[_name] = (SCHEMA[_name][0], {}, f"\\s*|{LOC}")


def faults(source):
    return Schema(source).faults


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = faults(sys.argv[1])
    for f in found:
        print(f)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
