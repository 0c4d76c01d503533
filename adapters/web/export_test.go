package web

// Addresses are all addresses of the pages: method and pattern.
func Addresses() (all []string) {
	for _, p := range pages() {
		all = append(all, "GET "+p.path)
	}
	for _, p := range looked() {
		all = append(all, "POST "+p.path)
	}
	for _, a := range acts() {
		all = append(all, "POST "+a.path)
	}
	return append(all, "POST /nhap-du-lieu", "POST /ho-so/{case}/tai-lieu", "GET /truc-tiep")
}
