package law

import (
	"io/fs"
	"slices"
	"strings"

	"hoso/domain/calendar"
)

// Procedure is an administrative procedure with its steps. The set is open: what is not in the files states its own dates.
type Procedure struct {
	Code  string // small letters, digits, "_" and ".", so that it can stand in a breakdown
	Label string // Vietnamese
	Law   string
	Steps []Step // of all times, in their order
}

// Step is where a dossier lies, and how long it may.
type Step struct {
	Place   string // one of [Places]
	Task    string // Vietnamese
	Days    int
	Working bool // working days; otherwise days of the calendar
	Valid   calendar.Range
	Source
}

// Places are where a step can be.
func Places() []string {
	return []string{"commune", "district", "department", "medical_panel", "military", "police", "ministry", "grave_office", "other_department"}
}

// readProcedures reads procedures.csv, and the steps of each from steps.csv.
func (l *Law) readProcedures(files fs.FS) error {
	at := map[string]int{}
	lines := map[string]int{}
	err := readTable(files, "procedures.csv", []string{"procedure", "label", "source"}, func(r *row) {
		p := Procedure{Code: r.Text("procedure"), Label: r.Text("label"), Law: r.Text("source")}
		if _, twice := at[p.Code]; twice {
			r.Fail("thủ tục %s có hai dòng", p.Code)
		}
		if strings.Trim(p.Code, "abcdefghijklmnopqrstuvwxyz0123456789_.") != "" {
			r.Fail("mã thủ tục chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới và dấu chấm")
		}
		at[p.Code], lines[p.Code] = len(l.procedures), r.Line
		l.procedures = append(l.procedures, p)
	})
	if err != nil {
		return err
	}
	err = readTable(files, "steps.csv", []string{"procedure", "step", "task", "days", "kind", "from", "to", "source", "verified"}, func(r *row) {
		s := Step{r.OneOf("step", Places()...), r.Text("task"), int(r.Number("days", 1, 400)), r.OneOf("kind", "working", "calendar") == "working", r.Valid(), r.Source()}
		i, ok := at[r.Text("procedure")]
		if !ok {
			r.Fail("thủ tục %s không có trong procedures.csv", r.Text("procedure"))
			return
		}
		l.procedures[i].Steps = append(l.procedures[i].Steps, s)
	})
	if err != nil {
		return err
	}
	for _, p := range l.procedures {
		if len(p.Steps) == 0 {
			return mistake("procedures.csv", lines[p.Code], "thủ tục %s không có bước nào trong steps.csv", p.Code)
		}
	}
	return nil
}

// Procedures returns all procedures in the order of the file.
func (l *Law) Procedures() []Procedure { return slices.Clone(l.procedures) }

// Procedure finds a procedure by its code.
func (l *Law) Procedure(code string) (Procedure, bool) {
	i := slices.IndexFunc(l.procedures, func(p Procedure) bool { return p.Code == code })
	if i < 0 {
		return Procedure{}, false
	}
	return l.procedures[i], true
}

// On returns the steps as they are on a day.
func (p Procedure) On(day calendar.Date) []Step {
	var steps []Step
	for _, s := range p.Steps {
		if s.Valid.Has(day) {
			steps = append(steps, s)
		}
	}
	return steps
}

// Due returns the last day of a step for what arrived on a day, which is not counted itself.
func (l *Law) Due(s Step, arrived calendar.Date) calendar.Date {
	if s.Working {
		return l.Workdays.Add(arrived, s.Days)
	}
	return arrived.AddDays(s.Days)
}
