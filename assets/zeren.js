// Improves what works without it: nothing here is needed, and nothing is fetched or sent.
'use strict';

// "/" goes to the search, as in many programs; not while something is written.
document.addEventListener('keydown', event => {
	const at = event.target;

	if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !at.closest('input, textarea, select')) {
		const search = document.querySelector('.find-all input, .find input[type=search]');

		if (search) {
			event.preventDefault();
			search.focus();
		}
	}
	if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && at.form)
		at.form.requestSubmit();
});

// Arrows turn the pages of a preview.
document.addEventListener('keydown', event => {
	const rel = {ArrowLeft: 'prev', ArrowRight: 'next', PageUp: 'prev', PageDown: 'next'}[event.key];
	const link = rel && document.querySelector(`.preview-pages a[rel=${rel}]`);

	if (link && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select')) {
		event.preventDefault();
		link.click();
	}
});

// What was typed is not lost by leaving.
const touched = new Set();
document.addEventListener('input', event => {
	const form = event.target.form;

	if (form && form.method === 'post')
		touched.add(form);
});
document.addEventListener('submit', event => {
	const form = event.target;

	touched.delete(form);
	// Sent once: a second click does nothing while the first is under way.
	if (form.method === 'post') {
		if (form.dataset.sent)
			event.preventDefault();
		form.dataset.sent = '1';
		setTimeout(() => delete form.dataset.sent, 4000);
	}
});
addEventListener('beforeunload', event => {
	if (touched.size)
		event.preventDefault();
});

// A text grows with what is written.
for (const area of document.querySelectorAll('textarea')) {
	const grow = () => {
		area.style.height = 'auto';
		area.style.height = `${area.scrollHeight + 2}px`;
	};

	area.addEventListener('input', grow);
	grow();
}

// Files may be dropped where they are chosen.
for (const zone of document.querySelectorAll('.drop')) {
	const input = zone.querySelector('input[type=file]');

	if (!input)
		continue;
	zone.addEventListener('dragover', event => {
		event.preventDefault();
		zone.classList.add('over');
	});
	zone.addEventListener('dragleave', () => zone.classList.remove('over'));
	zone.addEventListener('drop', event => {
		event.preventDefault();
		zone.classList.remove('over');
		input.files = event.dataTransfer.files;
		input.dispatchEvent(new Event('input', { bubbles: true }));
	});
}
