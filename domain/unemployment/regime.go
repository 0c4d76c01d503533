package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var noLaw = domain.Rule{Code: "unemployment.no_law",
	Say: domain.Text{Vi: "không có quy định của pháp luật về bảo hiểm thất nghiệp cho ngày %s trong tệp tham số", En: "the files have no law of unemployment insurance for %s"}}

// governing returns the law for an act on a day: that of 2013 until 31/12/2025, that of 2025 after. A claim that was
// filed before and is decided after is decided under the new law (Luật 74/2025 Đ55.4), so it is the day of the act
// that counts, and not the day of filing.
func governing(l *law.Law, on calendar.Date) (law.Unemployment, error) {
	u, ok := l.Unemployment(on)
	if !ok {
		return u, noLaw.Refuse(on)
	}
	return u, nil
}
