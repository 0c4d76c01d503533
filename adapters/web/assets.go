package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed assets/*.css assets/*.js assets/*.woff2 assets/*.svg
var assetFiles embed.FS

// asset is a file that pages load. Its address bears a hash of its content, so a browser may keep it for ever.
type asset struct {
	kind          string
	whole, zipped []byte
}

// assets serves the files by the addresses that pages name.
type assets struct {
	by    map[string]asset  // address
	named map[string]string // name of the file -> address
}

// embeddedAssets reads the files. What a style sheet names is replaced by its address, so that it is hashed as it is served.
func embeddedAssets() *assets {
	a := &assets{map[string]asset{}, map[string]string{}}
	names, err := fs.Glob(assetFiles, "assets/*")
	if err != nil {
		panic(err)
	}
	for _, styles := range []bool{false, true} { // those that name others come last
		for _, name := range names {
			if strings.HasSuffix(name, ".css") == styles {
				a.add(name)
			}
		}
	}
	return a
}

func (a *assets) add(name string) {
	content, err := assetFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	if strings.HasSuffix(name, ".css") {
		for other, address := range a.named {
			content = bytes.ReplaceAll(content, []byte("url("+other+")"), []byte("url("+address+")"))
		}
	}
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	base := strings.TrimSuffix(path.Base(name), ext)
	address := "/assets/" + base + "." + hex.EncodeToString(sum[:8]) + ext
	one := asset{kind: map[string]string{".woff2": "font/woff2"}[ext], whole: content}
	if one.kind == "" {
		one.kind = mime.TypeByExtension(ext)
	}
	if ext != ".woff2" { // which is compressed
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = z.Write(content) // into memory
		_ = z.Close()
		one.zipped = b.Bytes()
	}
	a.by[address], a.named[base+ext] = one, address
}

// address returns where pages find a file. It panics where there is none: the first test shows that.
func (a *assets) address(name string) string {
	address, ok := a.named[name]
	if !ok {
		panic("no asset " + name)
	}
	return address
}

// ServeHTTP implements http.Handler.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	one, ok := a.by[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", one.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Vary", "Accept-Encoding")
	content := one.whole
	if one.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		content = one.zipped
	}
	_, _ = w.Write(content)
}
