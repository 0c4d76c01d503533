package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/report"
)

type closeCommand struct {
	question
	Spec     string `help:"Tên mẫu báo cáo; không nêu là mẫu dùng cho tháng đó." placeholder:"NAME"`
	Number   string `required:"" help:"Số, ký hiệu của báo cáo." placeholder:"123/BC-SNV"`
	Signer   string `required:"" help:"Người ký, như in trong báo cáo." placeholder:"NAME"`
	Signed   string `help:"Ngày ký, YYYY-MM-DD; không nêu là hôm nay." placeholder:"DATE"`
	By       string `required:"" help:"Tài khoản soạn và trình." placeholder:"ACCOUNT"`
	Approver string `required:"" help:"Tài khoản duyệt; phải khác người trình." placeholder:"ACCOUNT"`
	Reissue  string `help:"Phát hành lại một tháng đã phát hành, với lý do này." placeholder:"REASON"`
	DryRun   bool   `help:"Chỉ kiểm tra xem có phát hành được không."`
}

// Run publishes the report of a month. What was published says the same for ever; printed again, byte for byte.
func (c closeCommand) Run(ctx context.Context, e *env) error {
	if c.AsOf != "" {
		return wrongFlag("as-of", "báo cáo được chốt theo những gì đang được biết")
	}
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return err
	}
	defer a.close()
	signed := calendar.On(e.clock())
	if c.Signed != "" {
		if signed, err = calendar.ParseDate(c.Signed); err != nil {
			return wrongFlag("signed", err.Error())
		}
	}
	spec, err := a.specs.Find(c.Spec, query.Month)
	if err != nil {
		return err
	}
	closing := closing{closeCommand: c, app: a, spec: spec, query: query, signed: signed, series: seriesOf(spec, query)}
	p, err := closing.prepare(ctx, e)
	if err != nil {
		return err
	}
	if c.DryRun {
		fmt.Fprintf(e.out, "Báo cáo %s tháng %s phát hành được (vị trí %s).\n", spec.Name, query.Month.Vietnamese(), report.Number(int64(p.Position)))
		return nil
	}
	if err := closing.publish(ctx, p); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Đã phát hành báo cáo %s tháng %s, số %s (vị trí %s, dấu %s).\n", spec.Name, query.Month.Vietnamese(), c.Number,
		report.Number(int64(p.Position)), p.Digest[:16])
	a.sealPublication(ctx, e)
	return nil
}

// closing is one attempt to publish a month.
type closing struct {
	closeCommand
	app    *app
	spec   report.Spec
	query  figures.Query
	signed calendar.Date
	series period.Series
	id     domain.StreamID
	state  period.State
}

// prepare finds the month's case, builds the report at the log's end and looks whether it may be published.
func (c *closing) prepare(ctx context.Context, e *env) (period.Publication, error) {
	if err := c.app.runner.Health(ctx).Against; err != nil && c.Reissue == "" {
		return period.Publication{}, err // what was published is counted otherwise: only a reissue can answer that
	}
	if err := c.find(ctx); err != nil {
		return period.Publication{}, err
	}
	if c.Reissue == "" && c.state.Status == period.StatusPublished {
		return period.Publication{}, refusal("close.already_published", "báo cáo tháng %s đã phát hành; để phát hành lại hãy nêu lý do với --reissue", c.query.Month.Vietnamese())
	}
	if c.Reissue != "" && c.state.Status != period.StatusPublished {
		return period.Publication{}, refusal("close.not_published", "báo cáo tháng %s chưa phát hành nên chưa thể phát hành lại", c.query.Month.Vietnamese())
	}
	if err := c.earlier(ctx); err != nil {
		return period.Publication{}, err
	}
	r, err := report.Build(ctx, c.app.catalog, c.spec, c.app.cited(), c.query)
	if err != nil {
		return period.Publication{}, err
	}
	failing := slices.DeleteFunc(slices.Clone(r.Findings), func(f report.Finding) bool { return !f.Fails() })
	if len(failing) > 0 {
		var all []string
		for _, f := range failing {
			fmt.Fprintf(e.out, "- %s [%s]\n", f.Message, f.Code)
			all = append(all, f.Code)
		}
		return period.Publication{}, refusal("close.checks_failed", "số liệu mâu thuẫn nên không phát hành được: %s", strings.Join(slices.Compact(all), ", "))
	}
	return report.Freeze(r, c.spec, c.Number, c.Signer, c.signed)
}

func refusal(code, format string, args ...any) error {
	return &domain.Error{Kind: domain.Rejected, Code: code, Msg: fmt.Sprintf(format, args...)}
}

// find looks for the month's case. One that is not there yet has an id that everybody makes alike, so that of two who open
// it one wins.
func (c *closing) find(ctx context.Context) error {
	c.id = domain.StreamID{Type: "period", ID: c.app.names.Case("period", strings.Join([]string{c.series.Spec, string(c.series.Area), string(c.series.Calendar), c.query.Month.String()}, "/"))}
	months, err := c.app.periods.Months(ctx, c.series, 0)
	for _, m := range months {
		if m.State.Month == c.query.Month {
			c.id, c.state = m.Case, m.State
			break
		}
	}
	return err
}

// earlier refuses while an earlier month of the series is open, or was left out since the first one that was published.
func (c *closing) earlier(ctx context.Context) error {
	months, err := c.app.periods.Months(ctx, c.series, 0)
	if err != nil {
		return err
	}
	done := map[calendar.Month]bool{}
	first := c.query.Month
	for _, m := range months {
		published := m.State.Status == period.StatusPublished
		done[m.State.Month] = published
		if m.State.Month.First() < c.query.Month.First() && !published {
			return refusal("close.earlier_open", "kỳ tháng %s còn mở; hãy phát hành tháng đó trước", m.State.Month.Vietnamese())
		}
		if published && m.State.Month.First() < first.First() {
			first = m.State.Month
		}
	}
	for m := first; m.First() < c.query.Month.First(); m = m.Add(1) {
		if !done[m] {
			return refusal("close.earlier_open", "tháng %s chưa phát hành; hãy phát hành tháng đó trước", m.Vietnamese())
		}
	}
	return nil
}

// publish takes the case through the steps that it has not taken yet.
func (c *closing) publish(ctx context.Context, p period.Publication) error {
	if c.Reissue != "" {
		return c.do(ctx, c.Approver, period.Reissue{Publication: p, Reason: c.Reissue})
	}
	type step struct {
		from period.Status
		by   string
		do   domain.Command
	}
	steps := []step{
		{"", c.By, period.Open{Spec: c.series.Spec, Area: c.series.Area, Calendar: c.series.Calendar, Month: c.query.Month}},
		{period.StatusOpened, c.By, period.Draft{}},
		{period.StatusDrafted, c.By, period.Submit{}},
		{period.StatusSubmitted, c.Approver, period.Approve{}},
		{period.StatusApproved, c.Approver, period.Publish{Publication: p}},
	}
	at := slices.IndexFunc(steps, func(s step) bool { return s.from == c.state.Status })
	if c.state.Status == period.StatusReturned {
		at = 1
	}
	for _, s := range steps[at:] {
		if err := c.do(ctx, s.by, s.do); err != nil {
			return err
		}
	}
	return nil
}

func (c *closing) do(ctx context.Context, by string, command domain.Command) error {
	_, err := c.app.handler.Handle(ctx, domain.Request{ID: uuid.New(), Case: c.id, Command: command, Occurred: max(c.signed, c.state.Since),
		Actor: domain.Actor{ID: by, Unit: string(c.series.Area)}})
	return err
}
