package register

import (
	"errors"
	"regexp"
)

// IndicatorID names the figure to which planned work will add. Whether there is such an indicator is for the reader of
// the register to find out: case types do not know each other.
type IndicatorID string

var indicatorForm = regexp.MustCompile(`^[a-z]{1,40}\.[a-z_]{1,60}$`)

// UnmarshalText reads an id and refuses what has not its form.
func (i *IndicatorID) UnmarshalText(b []byte) error {
	if !indicatorForm.Match(b) {
		return errors.New("mã chỉ tiêu phải có dạng convalescence.batches")
	}
	*i = IndicatorID(b)
	return nil
}
