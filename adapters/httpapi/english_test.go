package httpapi

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Everything that the API can answer is said in English too: refusals of rules bring their sentence, and every other error
// of the domain, the views and the API has one here. A sentence for what nobody says is taken out.
func TestEveryErrorIsSaidInEnglish(t *testing.T) {
	t.Parallel()
	found := map[string]string{}
	for _, dir := range []string{"../../domain", "../../projections", "."} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") ||
				strings.Contains(path, "domain/transfer") || strings.Contains(path, "domain/sample") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if code := codeIn(n); code != "" {
					found[code] = path
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 30 {
		t.Fatalf("only %d codes found", len(found))
	}
	for code, path := range found {
		if sentences[code] == "" {
			t.Errorf("%q: \"\", // %s", code, path)
		}
	}
	for code := range sentences {
		if found[code] == "" {
			t.Errorf("nobody says %s any more", code)
		}
	}
}

// codeIn returns the code of an error that has no English sentence of its own.
func codeIn(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if name == "Malformed" && len(n.Args) > 2 {
			return text(n.Args[0])
		}
	case *ast.CompositeLit:
		name := ""
		switch f := n.Type.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if name != "Error" {
			return ""
		}
		code, keys := "", []string{}
		for _, e := range n.Elts {
			kv, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			key, _ := kv.Key.(*ast.Ident)
			keys = append(keys, key.Name)
			if key.Name == "Code" {
				code = text(kv.Value)
			}
		}
		if !slices.Contains(keys, "En") {
			return code
		}
	}
	return ""
}

func text(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}
