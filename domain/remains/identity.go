package remains

import (
	"hoso/domain"
	"hoso/domain/law"
)

var (
	identityKnown = domain.Rule{Code: "remains.identity_known",
		Say: domain.Text{Vi: "danh tính liệt sĩ của hồ sơ này đã rõ", En: "it is known whose remains these are"}}
	samplePending = domain.Rule{Code: "remains.sample_pending", Law: "NĐ 131/2021 Đ147",
		Say: domain.Text{Vi: "mẫu %s chưa có kết quả, hoặc đã trùng khớp", En: "the sample %s has no result yet, or matched"}}
	noSample = domain.Rule{Code: "remains.no_sample", Law: "NĐ 131/2021 Đ147",
		Say: domain.Text{Vi: "không có mẫu nào đang chờ kết quả", En: "no sample waits for a result"}}
	noMatch = domain.Rule{Code: "remains.no_match", Law: "NĐ 131/2021 Đ147",
		Say: domain.Text{Vi: "giám định ADN chưa có kết quả trùng khớp", En: "there is no matching result"}}
	nameMissing = domain.Rule{Code: "remains.name_missing",
		Say: domain.Text{Vi: "cần thân nhân và họ tên liệt sĩ", En: "the relative and the martyr's name are needed"}}
)

func evolveIdentity(l *law.Law, s State, act domain.Act) State {
	s.Identity.Since = act.Occurred
	to := func(status Status) { s.Status, s.Since, s.Due = status, act.Occurred, 0 }
	switch e := act.Event.(type) {
	case IdentificationRequested:
		s.Journey = e.Journey
		to(StatusAsked)
		s.Due = nth(l, "remains_"+e.Method, next["remains_"+e.Method][StatusAsked], act.Occurred)
	case SampleTaken:
		s.Identity.Sample, s.Identity.Result = e.Number, ""
	case ResultReceived:
		s.Identity.Result = e.Result
	case Identified:
		s.Journey, s.Identity.Known = e.Journey, true
		if s.Status == "" || s.Status == StatusAsked {
			to(StatusIdentified)
		}
	case NotIdentified:
		to(StatusNotIdentified)
	}
	return s
}

// allowIdentity keeps the acts about whose remains these are in their order. One that opens a case was concluded
// elsewhere, with its samples.
func allowIdentity(s State, act domain.Act) error {
	if act.Occurred < s.Identity.Since {
		return tooEarly.Refuse(act.Occurred, s.Identity.Since)
	}
	if s.Status != "" && !s.unknown() {
		return identityKnown.Refuse()
	}
	pending := s.Identity.Sample != "" && s.Identity.Result == ""
	switch e := act.Event.(type) {
	case SampleTaken:
		if pending || s.Identity.Result == "match" {
			return samplePending.Refuse(s.Identity.Sample)
		}
	case ResultReceived:
		if !pending {
			return noSample.Refuse()
		}
	case NotIdentified:
		if pending || s.Identity.Result == "match" {
			return samplePending.Refuse(s.Identity.Sample)
		}
	case Identified:
		if e.rest() == "" {
			return placeMissing.Refuse()
		}
		if e.Person.IsZero() || s.Status != StatusAsked && e.Martyr.IsZero() {
			return nameMissing.Refuse()
		}
		if e.Method == "dna" && s.Status != "" && s.Identity.Result != "match" {
			return noMatch.Refuse()
		}
	}
	return nil
}
