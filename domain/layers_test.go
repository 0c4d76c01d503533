package domain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is a Go file of the program, tests left out.
type source struct {
	file    string // "domain/person/person.go"
	dir     string // "domain/person"
	imports []string
	tree    *ast.File
}

// sources parses the whole module.
func sources(t *testing.T) (all []source) {
	t.Helper()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := source{file: name, dir: path.Dir(name), tree: tree}
		for _, i := range tree.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			s.imports = append(s.imports, p)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d files found: the test looks in the wrong place", len(all))
	}
	return all
}

// within tells whether an import or a folder is one of these or lies in one of them.
func within(p string, parents ...string) bool {
	return slices.ContainsFunc(parents, func(parent string) bool { return p == parent || strings.HasPrefix(p, parent+"/") })
}

// standard tells whether an import is of the standard library.
func standard(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return first != "hoso" && !strings.Contains(first, ".")
}

// support is for tests and linked by no program.
var support = []string{"domain/domaintest", "domain/eventlogtest", "adapters/natscluster/clustertest", "adapters/esdblog/esdbtest", "projections/report/reporttest", "projections/documents/documentstest"}

func TestDomainDependsOnNothing(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.dir, "domain") {
			continue
		}
		allowed := []string{"hoso/domain", "github.com/google/uuid", "golang.org/x/text"}
		if within(s.dir, support...) {
			allowed = append(allowed, "hoso/adapters/memlog", "github.com/google/go-cmp", "pgregory.net/rapid")
		}
		for _, p := range s.imports {
			if !standard(p) && !within(p, allowed...) {
				t.Errorf("%s imports %s: the domain imports the standard library, google/uuid and golang.org/x/text only, so that its rules can be read and run without any product", s.file, p)
			}
		}
	}
}

func TestTheDomainReadsNoClock(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.dir, "domain") {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				pkg, _ := sel.X.(*ast.Ident)
				if pkg != nil && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
					t.Errorf("%s calls time.%s: a rule that reads a clock decides otherwise when it is replayed; the clock is injected", s.file, sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// caseTypes are the folders that declare a case type: func Type(…) domain.CaseType.
func caseTypes(all []source) (dirs []string) {
	for _, s := range all {
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.Name == "Type" && within(s.dir, "domain") && !slices.Contains(dirs, s.dir) {
				dirs = append(dirs, s.dir)
			}
		}
	}
	return dirs
}

func TestCaseTypesDoNotKnowEachOther(t *testing.T) {
	all := sources(t)
	types := caseTypes(all)
	if len(types) == 0 {
		t.Fatal("no case type found: has func Type() got another name?")
	}
	for _, s := range all {
		kernel := s.dir == "domain"
		if !kernel && !within(s.dir, types...) {
			continue
		}
		for _, p := range s.imports {
			other := strings.TrimPrefix(p, "hoso/")
			if within(other, types...) && !within(other, s.dir) && !within(s.dir, other) {
				t.Errorf("%s imports %s: no case type knows another, and the kernel knows none, so that one can be added or changed alone; what two of them share is vocabulary and has a folder of its own", s.file, p)
			}
		}
	}
}

func TestProjectionsDependOnTheDomain(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.dir, "projections") {
			continue
		}
		for _, p := range s.imports {
			if !standard(p) && !within(p, "hoso/domain", "hoso/projections", "github.com/google/uuid", "golang.org/x/text", "golang.org/x/mod") {
				t.Errorf("%s imports %s: views are written against ports, so that they can be kept anywhere; the product belongs into an adapter", s.file, p)
			}
		}
	}
}

func TestAdaptersDoNotKnowEachOther(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.dir, "adapters") {
			continue
		}
		own := "hoso/" + strings.Join(strings.Split(s.dir, "/")[:min(2, strings.Count(s.dir, "/")+1)], "/")
		for _, p := range s.imports {
			if within(p, "hoso") && !within(p, own, "hoso/domain", "hoso/projections") {
				t.Errorf("%s imports %s: an adapter knows ports and its one product; what joins two of them is written in cmd", s.file, p)
			}
		}
	}
}

func TestNoProgramLinksTestSupport(t *testing.T) {
	for _, s := range sources(t) {
		if within(s.dir, support...) {
			continue
		}
		for _, p := range s.imports {
			if p == "testing" || within(strings.TrimPrefix(p, "hoso/"), support...) {
				t.Errorf("%s imports %s: it is for tests", s.file, p)
			}
		}
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"cmd", "domain", "projections", "adapters", "deploy", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md"}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s stands at the top level, where only %s and dot-files are: a reader sees the whole shape at once", e.Name(), strings.Join(allowed, ", "))
		}
	}
}
