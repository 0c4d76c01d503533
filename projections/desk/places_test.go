package desk_test

import (
	"errors"
	"testing"

	"hoso/projections/desk"
)

func TestPlacesAreCountedInAllAndOfEachAccount(t *testing.T) {
	t.Parallel()
	p := desk.NewPlaces(4, 2)
	take := func(who string, want error) func() {
		t.Helper()
		leave, err := p.Take(who)
		if !errors.Is(err, want) {
			t.Fatalf("%s: %v, want %v", who, err, want)
		}
		return leave
	}
	first := take("lan", nil)
	take("lan", nil)
	take("lan", desk.ErrTooMany)
	second := take("minh", nil)
	take("", nil)
	take("minh", desk.ErrFull)
	take("", desk.ErrFull)
	first()
	first() // giving a place back twice gives one
	take("lan", nil)
	take("minh", desk.ErrFull)
	second()
	take("", nil) // whom nobody knows is counted in all alone
	take("", desk.ErrFull)
}
