package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"hoso/domain"
)

//go:embed templates/*.html
var templateFiles embed.FS

// looks are the pages of a language, by name. Each has the layout and the pieces (templates/_*.html) in it.
type looks map[string]*template.Template

// view is what the layout shows.
type view struct {
	Ask      *Ask
	Title    string
	Sections []section
	Current  string
	Data     any
	Panel    bool // only the page's own content, to stand beside or within another page
	Position domain.Ordinal
}

// titled is data that names its page itself.
type titled interface{ Title(Lang) string }

// walled is data of a page that fills a screen on a wall.
type walled interface{ Wall() bool }

// within is data that is only ever shown within another page.
type within interface{ Within() }

// Wall tells whether the page fills a screen.
func (v view) Wall() bool { w, ok := v.Data.(walled); return ok && w.Wall() }

func (s *Site) parse(l Lang) looks {
	base := template.Must(template.New("layout.html").Funcs(s.words(l)).ParseFS(templateFiles, "templates/layout.html", "templates/_*.html"))
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err)
	}
	all := looks{}
	for _, name := range names {
		short := strings.TrimSuffix(path.Base(name), ".html")
		if short == "layout" || strings.HasPrefix(short, "_") {
			continue
		}
		all[short] = template.Must(template.Must(base.Clone()).ParseFS(templateFiles, name))
	}
	return all
}

// render answers with a page. It is written whole before anything is sent, so that a mistake in it is an error and no half
// page.
func (s *Site) render(w http.ResponseWriter, a *Ask, status int, name string, data any) {
	v := view{Ask: a, Title: a.page.title.In(a.Lang), Sections: sections, Current: a.page.section, Data: data}
	if t, ok := data.(titled); ok {
		v.Title = t.Title(a.Lang)
	}
	v.Position, _ = s.Desk.Position() // none while nothing answers, as the page then says
	_, v.Panel = data.(within)
	v.Panel = v.Panel || a.Header.Get("HX-Target") == "panel"
	look, ok := s.looks[a.Lang][name]
	if !ok {
		s.fail(w, a, fmt.Errorf("no template %s", name))
		return
	}
	var b bytes.Buffer
	if err := look.ExecuteTemplate(&b, "layout.html", v); err != nil {
		s.Log.Error("page", "name", name, "error", err.Error())
		if name == "fault" {
			http.Error(w, "trang bị lỗi", http.StatusInternalServerError)
			return
		}
		s.fail(w, a, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "HX-Target, Accept-Encoding, Cookie")
	if !strings.Contains(a.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, _ = b.WriteTo(w)
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	_, _ = b.WriteTo(z)
	_ = z.Close()
}

// served is an answer that is no page.
type served interface{ serve(http.ResponseWriter) }

// file is an answer that is kept instead of shown.
type file struct {
	name, kind string
	content    []byte
}

func (f file) serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", f.name))
	_, _ = w.Write(f.content)
}
