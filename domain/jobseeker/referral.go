package jobseeker

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Result is what came of a referral; none yet where it is empty.
type Result string

const (
	ResultPlaced   Result = "placed"
	ResultDeclined Result = "declined"
)

// Referral is a slip with which a seeker was sent to an employer.
type Referral struct {
	Slip   string        `json:"slip"`
	On     calendar.Date `json:"on"`
	Result Result        `json:"result,omitempty"`
}

// The lists are copied: states share them.

func issued(all []Referral, slip string, on calendar.Date) []Referral {
	return append(slices.Clone(all), Referral{slip, on, ""})
}

func answered(all []Referral, slip string, result Result) []Referral {
	all = slices.Clone(all)
	if r := find(all, slip); r != nil {
		r.Result = result
	}
	return all
}

func find(all []Referral, slip string) *Referral {
	if i := slices.IndexFunc(all, func(r Referral) bool { return r.Slip == slip }); i >= 0 {
		return &all[i]
	}
	return nil
}

var (
	slipUsed       = domain.Rule{Code: "jobseeker.slip_used", Say: domain.Text{Vi: "phiếu giới thiệu %q đã được cấp trong hồ sơ này", En: "the slip %q was issued in this case already"}}
	noSuchReferral = domain.Rule{Code: "jobseeker.no_such_referral", Say: domain.Text{Vi: "hồ sơ không có phiếu giới thiệu %q", En: "the case has no referral %q"}}
	resultRecorded = domain.Rule{Code: "jobseeker.result_recorded", Say: domain.Text{
		Vi: "kết quả của phiếu giới thiệu %q đã được ghi; mỗi lần giới thiệu chỉ có một kết quả", En: "the result of referral %q is recorded already; a referral has one"}}
	beforeReferral = domain.Rule{Code: "jobseeker.before_referral", Say: domain.Text{
		Vi: "ngày %s sớm hơn ngày giới thiệu %s", En: "%s is before the referral on %s"}}
	resultMissing = domain.Rule{Code: "jobseeker.result_missing", Law: "NĐ 374/2025 Đ10.5", Say: domain.Text{
		Vi: "chưa có kết quả tuyển dụng của phiếu giới thiệu %q", En: "the result of referral %q is not known yet"}}
)

// allowResult lets a referral have one result, on its day or later.
func allowResult(s State, slip string, on calendar.Date) error {
	r := find(s.Referrals, slip)
	switch {
	case r == nil:
		return noSuchReferral.Refuse(slip)
	case r.Result != "":
		return resultRecorded.Refuse(slip)
	case on < r.On:
		return beforeReferral.Refuse(on, r.On)
	}
	return nil
}

// allowClosing keeps a case open until the result of every referral is known.
func allowClosing(s State) error {
	for _, r := range s.Referrals {
		if r.Result == "" {
			return resultMissing.Refuse(r.Slip)
		}
	}
	return nil
}
