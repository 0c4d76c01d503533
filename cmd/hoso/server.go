package main

import (
	"context"
	"crypto/x509"
	"io"
	"os"
	"strings"

	"hoso/adapters/httpclient"
	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections/figures"
)

// serverFlags lead to a server that answers instead of a data directory.
type serverFlags struct {
	Server    string `help:"Hỏi máy chủ hoso ở địa chỉ này thay vì mở thư mục dữ liệu; mã truy cập ở biến HOSO_TOKEN hoặc --token-file." env:"HOSO_SERVER" placeholder:"URL"`
	TokenFile string `help:"Tệp có mã truy cập." type:"path" placeholder:"FILE"`
	ServerCA  string `name:"server-ca" help:"Chứng thư gốc của máy chủ đó (PEM)." env:"HOSO_SERVER_CA" type:"path" placeholder:"FILE"`
}

// remote tells whether a server is asked.
func (f serverFlags) remote() bool { return f.Server != "" }

// client returns the client of the server. A token is not taken from the command line, where others can read it.
func (f serverFlags) client() (*httpclient.Client, error) {
	o := httpclient.Options{Token: os.Getenv("HOSO_TOKEN")}
	if f.TokenFile != "" {
		b, err := os.ReadFile(f.TokenFile)
		if err != nil {
			return nil, noFile(err)
		}
		o.Token = strings.TrimSpace(string(b))
	}
	if f.ServerCA != "" {
		b, err := os.ReadFile(f.ServerCA)
		if err != nil {
			return nil, noFile(err)
		}
		o.CA = x509.NewCertPool()
		if !o.CA.AppendCertsFromPEM(b) {
			return nil, wrongFlag("server-ca", "không có chứng thư PEM nào trong tệp")
		}
	}
	return httpclient.New(f.Server, o)
}

// labels returns what knows the labels of what a server answers: the settings, without any data.
func (s storeFlags) labels() (*app, error) {
	set, err := s.load()
	return &app{catalog: set.catalog, specs: set.specs}, err
}

// words are a question as a server is asked it.
func (q question) words() httpclient.Question {
	return httpclient.Question{Month: q.Month, Calendar: q.Calendar, Area: q.Area, Tree: q.Tree, AsOf: q.AsOf}
}

// remoteFigures asks a server.
func (c figuresCommand) remoteFigures(ctx context.Context) (figures.Sheet, error) {
	client, err := c.client()
	if err != nil {
		return figures.Sheet{}, err
	}
	a, err := c.labels()
	if err != nil {
		return figures.Sheet{}, err
	}
	q := c.words()
	q.By = c.By
	sheet, err := client.Figures(ctx, q)
	return restoreSheet(a.catalog, sheet), err
}

// remoteExplain asks a server, for all pages where no page is asked for.
func (c explainCommand) remoteExplain(ctx context.Context) (figures.Explanation, error) {
	client, err := c.client()
	if err != nil {
		return figures.Explanation{}, err
	}
	n := httpclient.Number{Indicator: c.Indicator, Which: figures.Which(c.Number), Part: c.By}
	all := func(x figures.Explanation, n httpclient.Number) (figures.Explanation, error) {
		for c.Limit == 0 && x.Next != "" {
			next, err := client.Explain(ctx, c.words(), n, figures.Page{After: x.Next})
			if err != nil {
				return x, err
			}
			x.Events, x.Next = append(x.Events, next.Events...), next.Next
		}
		return x, nil
	}
	x, err := client.Explain(ctx, c.words(), n, figures.Page{After: c.After, Limit: c.Limit})
	for _, term := range []*figures.Explanation{x.Over, x.Under} {
		if err == nil && term != nil {
			*term, err = all(*term, httpclient.Number{Indicator: term.Indicator, Which: term.Number, Part: term.Part})
		}
	}
	if err != nil {
		return x, err
	}
	return all(x, n)
}

// remoteCompare asks a server.
func (c compareCommand) remoteCompare(ctx context.Context, reported bool) (*app, figures.Comparison, error) {
	a, err := c.labels()
	if err != nil {
		return nil, figures.Comparison{}, err
	}
	client, err := c.client()
	if err != nil {
		return nil, figures.Comparison{}, err
	}
	q := c.words()
	q.AsOf, q.Indicators = c.To, c.Indicator
	x, err := client.Compare(ctx, q, httpclient.Number{Which: figures.Which(c.Number), Part: c.By},
		httpclient.Since{AsOf: c.AsOf, Report: httpclient.Report{Spec: c.Spec, Published: reported, Issue: c.Issue}})
	for k := range x.Differences {
		restoreDifference(a.catalog, &x.Differences[k])
	}
	return a, x, err
}

// remoteReport lets a server write the report.
func (c reportCommand) remoteReport(ctx context.Context, e *env) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	return e.output(c.Out, func(w io.Writer) error {
		if binary[c.Format] && isTerminal(w) {
			return forFiles(c.Format)
		}
		return client.Report(ctx, w, c.words(), httpclient.Report{Spec: c.Spec, Format: c.Format, Published: c.Published, Issue: c.Issue})
	})
}

// remoteImport sends the files. A rehearsal on a server records nothing and says nothing of published figures: the views there are
// at work, and cannot suppose something meanwhile.
func (c importCommand) remoteImport(ctx context.Context, e *env) (refused int, err error) {
	client, err := c.client()
	if err != nil {
		return 0, err
	}
	return c.each(ctx, e, func(ctx context.Context, lines io.Reader, refuse func(intake.Refusal)) (intake.Summary, error) {
		send := client.Import
		if c.DryRun {
			send = client.Rehearse
		}
		done, err := send(ctx, lines, refuse)
		return done.Summary, err
	})
}

// split reads the name of a case for a server: <type>-<uuid> or <type>/<reference>.
func split(name string) (caseType, reference string, err error) {
	if id, err := domain.ParseStreamID(name); err == nil {
		return id.Type, id.ID.String(), nil
	}
	caseType, reference, ok := strings.Cut(name, "/")
	if !ok || caseType == "" || reference == "" {
		return "", "", &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "với --server, hồ sơ cần dạng <loại>-<uuid> hoặc <loại>/<tham chiếu>"}
	}
	return caseType, reference, nil
}
