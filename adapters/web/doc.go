// Package web serves the pages: what caseworkers, auditors and the people who make reports work with.
//
//	request ─▶ guard (headers, cross-origin) ─▶ page (who may? load) ─▶ template ─▶ answer
//	                                               └─ error ─▶ a page that says what, why and what to do
//
// A page is a function that loads its data, a template of the same name, and a line in the table of [pages]. A form is sent
// to a function in the table of [acts], which answers with the page to go to. Pages work without scripts; htmx puts the same
// page, or a piece of it, where it belongs. Nothing comes from another host, and no script or style stands inside a page, so
// the strictest content security policy holds.
//
// Every text stands in both languages where it is said: {{t "Tháng" "Month"}}. What comes from the domain is said in
// Vietnamese, the language of the reports.
package web
