package register

import (
	"errors"
	"regexp"
)

// Number is the number and symbol of a document (số, ký hiệu): 85/KH-UBND, 589/QĐ-UBND, 12/2024/QĐ-UBND,
// 640/SLĐTBXH-VLATLĐ (NĐ 30/2020, annex I).
type Number string

var numberForm = regexp.MustCompile(`^\d{1,6}[a-z]?/(\d{4}/)?\p{Lu}[\p{L}\d&.-]{0,40}$`)

// UnmarshalText reads a number and refuses what has not its form.
func (n *Number) UnmarshalText(b []byte) error {
	if !numberForm.Match(b) {
		return errors.New("số, ký hiệu văn bản phải có dạng 85/KH-UBND")
	}
	*n = Number(b)
	return nil
}
