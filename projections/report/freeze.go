package report

import (
	"encoding/json"
	"fmt"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
)

// Freeze makes the publication of a report: its whole content, every figure, and the digests of what it was made with.
func Freeze(r Report, spec Spec, number, signer string, signed calendar.Date) (period.Publication, error) {
	r.Paper.Number, r.Paper.Signer, r.Paper.Date = number, signer, signed
	content, err := json.Marshal(r)
	if err != nil {
		return period.Publication{}, fmt.Errorf("freeze the report: %w", err)
	}
	form, err := json.Marshal(spec)
	if err != nil {
		return period.Publication{}, fmt.Errorf("freeze the report: %w", err)
	}
	p := period.Publication{
		Number: number, Signer: signer, Position: r.Position, Spec: period.DigestOf(string(form)), Areas: period.DigestOf(unitsOf(r)),
		Content: string(content), Digest: period.DigestOf(string(content)),
	}
	for _, f := range r.figures {
		p.Figures = append(p.Figures, period.Figure{Indicator: f.Indicator, Value: quantityOf(f.Value), YTD: quantityOf(f.YTD)})
	}
	for _, l := range r.late {
		p.Adjustments = append(p.Adjustments, period.Adjustment{Month: l.Month, Indicator: l.Indicator, By: l.By})
	}
	return p, nil
}

func quantityOf(n figures.Number) *int64 {
	if !n.Known() {
		return nil
	}
	return &n.Quantity
}

// unitsOf lists the communes of the report's last day, so that a digest tells whether the units were others.
func unitsOf(r Report) string {
	s := ""
	for _, province := range area.InUse().Provinces() {
		for _, u := range area.Communes(province, r.To) {
			s += string(u.Code) + " " + u.Name + " " + string(u.Parent) + "\n"
		}
	}
	return s
}

// Thaw returns the report of a publication, to be written again: what it said, not what is known now.
func Thaw(p period.Publication) (Report, error) {
	if period.DigestOf(p.Content) != p.Digest {
		return Report{}, &domain.Error{Kind: domain.Internal, Code: "period.wrong_digest", Msg: "nội dung báo cáo đã phát hành không khớp với dấu của nó"}
	}
	var r Report
	if err := json.Unmarshal([]byte(p.Content), &r); err != nil {
		return Report{}, fmt.Errorf("read the report as published: %w", err)
	}
	return r, nil
}

// Prints tells whether a report built anew says exactly what a publication said; it gets the publication's number and
// signature.
func Prints(r Report, p period.Publication) bool {
	was, err := Thaw(p)
	if err != nil {
		return false
	}
	r.Paper = was.Paper
	content, err := json.Marshal(r)
	return err == nil && string(content) == p.Content
}
