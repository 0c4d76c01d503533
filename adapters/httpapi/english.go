package httpapi

import (
	"errors"

	"hoso/domain"
)

// inEnglish returns an error's sentence in English. Refusals of rules bring theirs; the others are here, by code. What has
// none is told in Vietnamese.
func inEnglish(e *domain.Error) string {
	if s := e.English(); s != "" {
		return s
	}
	s, ok := sentences[e.Code]
	if !ok {
		return e.Msg
	}
	var cause *domain.Error
	if errors.As(e.Err, &cause) && cause.Kind != domain.Internal {
		s += ": " + inEnglish(cause)
	}
	return s
}

// sentences are those of errors that no rule says. A test finds what is missing.
var sentences = map[string]string{
	"list.no_such_place":        "after has to be next of the page before",
	"search.too_long":           "the text that is looked for is too long",
	"access.no_purpose":         "say what the personal data is read for: one of the purposes listed",
	"person.malformed":          "the id of a person is a uuid",
	"area.not_a_date":           "not a real day of the form YYYY-MM-DD",
	"area.unknown":              "no administrative unit has this code on that day",
	"asof.before_first":         "nothing had been recorded by then; positions begin at 1",
	"asof.beyond_end":           "there is no such position yet",
	"asof.malformed":            "a position (17), a day (2024-04-30) or a time (2024-04-30T17:00:00+07:00) is needed",
	"case.not_found":            "there is no such case",
	"case.too_busy":             "too many others are writing to this case; try again",
	"case.unknown_type":         "there is no such case type",
	"command.id_reused":         "this command id was used for something else",
	"command.no_id":             "the command has no id",
	"data.ill_typed":            "the value has the wrong type",
	"data.missing":              "a required field is missing",
	"data.not_allowed":          "the value is not one of those allowed; see the enum of the field in /api/v1/openapi.json",
	"data.not_an_object":        "data has to be a JSON object",
	"data.repeated_field":       "the field stands there twice",
	"data.too_large":            "the value is above the maximum of the field; see /api/v1/openapi.json",
	"data.too_small":            "the value is below the minimum of the field; see /api/v1/openapi.json",
	"data.unknown_field":        "the command has no such field",
	"event.uncountable":         "the content does not fit the catalogue of indicators",
	"figures.bad_page":          "after has to be next of the page before",
	"figures.level_above_area":  "the unit does not lie above units of that level",
	"figures.no_interval":       "two positions are needed, the earlier one first",
	"figures.no_month":          "a month of the form YYYY-MM is needed",
	"figures.no_such_calendar":  "there are two reporting calendars: calendar and 15-14",
	"figures.no_such_indicator": "the catalogue has no such indicator",
	"log.ended":                 "the log ends before its own end",
	"proof.malformed":           "this is no proof of hoso",
	"record.malformed":          "this is not the record of an event",
	"seal.bad_key":              "this is no public key of the form hoso+…+…",
	"seal.bad_signature":        "the signature of the checkpoint is wrong",
	"seal.beyond_end":           "the log is shorter than what was sealed",
	"seal.malformed":            "the checkpoint has another form",
	"seal.not_sealed":           "no checkpoint covers these events yet: run hoso seal",
	"seal.unknown_key":          "the checkpoint was signed by no key that is trusted",
	"figures.no_such_level":     "figures are divided by district or by commune",
	"figures.no_such_number":    "the figure has no such number, or it cannot be asked for here",
	"figures.no_such_part":      "the number has no such part: a breakdown=value (kind=fixed), district=code or commune=code",
	"figures.no_such_tree":      "units are those of then or those of now",
	"figures.one_indicator":     "exactly one indicator is needed",
	"history.not_a_date":        "not a real day of the form YYYY-MM-DD",
	"history.nothing_yet":       "nothing of the case had happened by then",
	"law.wrong_file":            "a file of the parameters of law is wrong",
	"line.broken_text":          "a character was broken by a change of encoding",
	"line.ill_typed":            "the value has the wrong type or form",
	"line.in_future":            "the day lies in the future",
	"line.missing":              "a required field is missing",
	"line.not_a_date":           "not a real day of the form YYYY-MM-DD",
	"line.not_json":             "not one whole JSON object, or nested too deeply",
	"line.not_utf8":             "not UTF-8",
	"line.repeated_field":       "the field stands there twice",
	"line.too_long":             "the line is too long",
	"line.too_long_reference":   "the reference of the case is too long",
	"line.unknown_command":      "there is no such command",
	"line.unknown_field":        "there is no such field",
	"log.conflict":              "somebody else has just changed the case; load it again",
	"log.malformed":             "an event has a malformed name, version or text",
	"log.nothing_to_append":     "there is nothing to record",
	"log.too_large":             "too much data for one act",
	"period.not_published":      "the report of this month was not published, or not that often",
	"period.wrong_digest":       "the publication's content does not have the digest that was recorded with it",
	"person.reference_reused":   "this reference already means a person with another identity number",
	"person.unknown":            "no person has this reference; register the person first (person.register)",
	"report.bad_chart":          "a chart of the report's specification is wrong",
	"report.bad_step":           "a step of the report's specification is wrong",
	"report.bad_table":          "a table of the report's specification is wrong",
	"report.bad_text":           "a text of the report's specification is wrong",
	"report.figure_missing":     "the report cites an indicator that nobody counts",
	"report.no_such_part":       "the report cites a part that its indicator does not have",
	"report.no_such_spec":       "there is no such report, or none for this month",
	"stream.malformed":          "the id of a case has the form <case type>-<uuid>",
	"views.catching_up":         "the views are catching up and have not come to that position; try again in a moment",
	"views.log_ended":           "the event log ended without saying why",
	"views.stopped":             "the views have stopped at an event that they cannot apply; tell the administrator",
}
