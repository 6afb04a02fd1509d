/* Part of doc_driver.c: what needs the layout. */
static struct node *lines_node(struct arena *a, const struct lay *l)
{
	struct node *map = node_map(a);

	for (int i = 0; i < LINE_WHYS; i++)
		node_set(a, map, str_c(line_why_name((enum line_why)i)), node_num(a, (int64_t)l->lines[i]));
	return map;
}

static struct node *block_node(struct arena *a, size_t block)
{
	return block == SIZE_MAX ? node_null(a) : node_num(a, (int64_t)block);
}

/* What stands where, for people: items with role, place, font, text. */
static void lay_write(struct arena *a, const struct lay *l, struct buf *out)
{
	static const char *const lay_kinds[] = {"text", "path", "image"};

	buf_putc(out, '[');
	for (size_t p = 0; p < l->npages; p++) {
		const struct lay_page *page = &l->pages[p];

		buf_printf(out, "%s{\"page\": %zu, \"number\": %d, \"items\": [", p ? ",\n" : "", p + 1, page->number);
		for (size_t i = 0; i < page->n; i++) {
			const struct lay_item *it = &page->items[i];
			CLEANUP(buf_free) struct buf text = BUF_MAX(DOC_BYTES);

			for (size_t k = 0; k < it->nglyphs; k++) {
				char c[4];

				buf_put(&text, (struct str){c, utf8_put(it->glyphs[k].cp, c)});
			}
			buf_printf(out, "%s\n{\"kind\": \"%s\", \"role\": \"%s\", \"block\": %ld, \"x\": %.3f, \"y\": %.3f", i ? "," : "",
				lay_kinds[it->kind], lay_role_name(it->role), it->block == SIZE_MAX ? -1L : (long)it->block,
				it->x / 1e6, it->y / 1e6);
			if (it->kind == LAY_TEXT) {
				buf_printf(out, ", \"size\": %.2f, \"advance\": %.3f, \"turn\": %d, \"font\": ", it->size / (double)NM_PT,
					it->advance / 1e6, it->turn);
				json_quote(out, it->font->name);
				buf_put(out, S(", \"text\": "));
				json_quote(out, buf_str(&text));
			}
			buf_putc(out, '}');
		}
		buf_put(out, S("]}"));
	}
	buf_put(out, S("]\n"));
	(void)a;
}

static enum err_code write_paper(struct arena *a, const struct doc *d, struct str name, struct node *said,
	struct node *us, struct err *err)
{
	CLEANUP(fonts_close) struct fonts *fonts = NULL;
	struct lay *l;
	struct str bytes;
	int64_t since = clock_us();

	if (!wants("pdf") && !wants("ofd") && !wants("png") && !wants("lay") && !wants("laid"))
		return OK;
	TRY(fonts_open(font_dirs[0] ? font_dirs : NULL, &fonts, err));
	time_put(a, us, S("fonts"), &since);
	TRY(doc_layout(a, d, fonts, err->lang, &l, err));
	time_put(a, us, S("layout"), &since);

	struct node *warnings = node_list(a);

	for (size_t i = 0; i < l->nwarnings; i++) {
		struct node *w = node_map(a);

		node_set(a, w, S("text"), node_str(a, l->warnings[i].text));
		node_set(a, w, S("block"), block_node(a, l->warnings[i].block));
		node_push(a, warnings, w);
	}
	node_set(a, said, S("warnings"), warnings);
	node_set(a, said, S("pages"), node_num(a, (int64_t)l->npages));
	node_set(a, said, S("lines"), lines_node(a, l));
	if (wants("lay")) {
		CLEANUP(buf_free) struct buf out = BUF_MAX(DOC_BYTES);

		lay_write(a, l, &out);
		TRY(put(a, name, ".lay.json", buf_str(&out), err));
	}
	if (wants("laid")) {
		since = clock_us();
		TRY(doc_docx_laid(l, a, &bytes, err));
		time_put(a, us, S("laid"), &since);
		TRY(put(a, name, ".docx", bytes, err));
	}
	if (wants("pdf")) {
		since = clock_us();
		TRY(doc_pdf(l, a, &bytes, err));
		time_put(a, us, S("pdf"), &since);
		TRY(put(a, name, ".pdf", bytes, err));
	}
#if __has_include("doc/ofd.c")
	if (wants("ofd")) {
		since = clock_us();
		TRY(doc_ofd(l, a, &bytes, err));
		time_put(a, us, S("ofd"), &since);
		TRY(put(a, name, ".ofd", bytes, err));
	}
#endif
	for (size_t i = 0; wants("png") && i < l->npages; i++) {
		TRY(doc_png(l, i, dpi, a, &bytes, err));
		TRY(put(a, name, arena_printf(a, "-%zu.png", i + 1).p, bytes, err));
	}
	return OK;
}
