package counselling

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Give records that a person or an employer was counselled; exactly one of the two is named.
type Give struct {
	Person   domain.PersonID `json:"person,omitzero" vi:"Người được tư vấn" en:"Person"`
	Employer string          `json:"employer,omitempty" vi:"Doanh nghiệp được tư vấn" en:"Employer" hint:"thay cho người được tư vấn"`
	Commune  area.Code       `json:"commune" vi:"Nơi cư trú hoặc trụ sở" en:"Commune of residence or seat"`
	Purpose  string          `json:"purpose" vi:"Nội dung tư vấn" en:"Purpose" values:"policy|vocational|placement|unemployment" hint:"chính sách, học nghề, việc làm, bảo hiểm thất nghiệp"`
	Case     domain.StreamID `json:"case,omitzero" vi:"Hồ sơ liên quan" en:"Case that it belongs to" hint:"<loại hồ sơ>-<uuid>"`
}

func (Give) CommandName() string { return "counselling.give" }
