package main

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/closing"
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
	p, failing, err := c.close(ctx, a, spec, query, signed)
	for _, f := range failing {
		fmt.Fprintf(e.out, "- %s [%s]\n", f.Message, f.Code)
	}
	if err != nil {
		return err
	}
	if c.DryRun {
		fmt.Fprintf(e.out, "Báo cáo %s tháng %s phát hành được (vị trí %s).\n", spec.Name, query.Month.Vietnamese(), report.Number(int64(p.Position)))
		return nil
	}
	fmt.Fprintf(e.out, "Đã phát hành báo cáo %s tháng %s, số %s (vị trí %s, dấu %s).\n", spec.Name, query.Month.Vietnamese(), c.Number,
		report.Number(int64(p.Position)), p.Digest[:16])
	a.sealPublication(ctx, e)
	return nil
}

func (a *app) office() closing.Office {
	return closing.Office{Catalog: a.catalog, Source: a.cited(), Periods: a.periods, Names: a.names, Handler: a.handler,
		Against: func(ctx context.Context) error { return a.runner.Health(ctx).Against }}
}

// close publishes the report of a month, or only prepares it.
func (c closeCommand) close(ctx context.Context, a *app, spec report.Spec, q figures.Query, signed calendar.Date) (period.Publication, []report.Finding, error) {
	month, err := a.office().Month(ctx, spec, q)
	if err != nil {
		return period.Publication{}, nil, err
	}
	signature := closing.Signature{Number: c.Number, Signer: c.Signer, Signed: signed, Reason: c.Reissue}
	p, failing, err := month.Prepare(ctx, signature)
	if err == nil && !c.DryRun {
		err = c.publish(ctx, month, signature, p)
	}
	return p, failing, err
}

// publish takes the report through the steps that it has not taken yet: those of who makes it, those of who approves it.
func (c closeCommand) publish(ctx context.Context, m closing.Month, s closing.Signature, p period.Publication) error {
	by := func(account string) closing.By {
		return closing.By{Actor: domain.Actor{ID: account, Unit: string(m.Series.Area)}, On: s.Signed, ID: uuid.New()}
	}
	if s.Reason == "" {
		steps := []struct {
			from period.Status
			by   string
			do   domain.Command
		}{{"", c.By, m.Open()}, {period.StatusOpened, c.By, period.Draft{}}, {period.StatusDrafted, c.By, period.Submit{}}, {period.StatusSubmitted, c.Approver, period.Approve{}}}
		at := m.State.Status
		if at == period.StatusReturned {
			at = period.StatusOpened
		}
		begun := false
		for _, step := range steps {
			if begun = begun || step.from == at; !begun {
				continue
			}
			if _, err := m.Take(ctx, by(step.by), step.do); err != nil {
				return err
			}
		}
	}
	_, err := m.Publish(ctx, by(c.Approver), s, p)
	return err
}
