package sample

import (
	"hoso/domain/calendar"
	"hoso/domain/statement"
)

// lives lists the kinds of case that can be told. Two kinds may be of one case type: a dossier and an allowance.
func lives() []Life {
	return []Life{
		sessionLife, counsellingLife, jobseekerLife, jobLife, unemploymentLife, vocationalLife, jointTrainingLife, courseLife,
		dossierLife, allowanceLife, remainsLife, rehabLife,
		batchLife, convalescentLife, reliefLife, giftLife, tripLife, reviewLife, screeningLife, registerLife, identificationLife,
	}
}

// state writes the figures that an authority states: each on the first workday after its month, or on the last day of
// which the file speaks.
func (w *World) state(reported []Target) error {
	for _, t := range reported {
		w.cases++
		record := statement.Record{
			Indicator: t.Indicator, Area: w.province, Month: calendar.Civil.MonthOf(t.Days.To), Value: t.Value,
			Source: "Công bố của cơ quan thống kê",
		}
		if err := w.write(record, "congbo-"+t.Indicator+"-"+t.Days.To.String(), "", t.Days.To, w.province); err != nil {
			return err
		}
	}
	return nil
}
