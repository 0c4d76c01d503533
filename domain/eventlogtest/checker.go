package eventlogtest

import "pgregory.net/rapid"

// checker gives rapid the test, or what stands for one.
func checker(t TB) rapid.TB {
	if real, ok := t.(rapid.TB); ok {
		return real
	}
	return stand{t}
}

// stand adds to a TB what rapid asks for beside.
type stand struct{ TB }

func (stand) Name() string         { return "model" }
func (stand) Logf(string, ...any)  {}
func (stand) Log(...any)           {}
func (stand) Skipf(string, ...any) {}
func (stand) Skip(...any)          {}
func (stand) SkipNow()             {}
func (stand) Failed() bool         { return false }
func (s stand) Error(a ...any)     { s.Errorf("%v", a) }
func (s stand) Fatal(a ...any)     { s.Fatalf("%v", a) }
func (s stand) Fail()              { s.Errorf("failed") }
func (s stand) FailNow()           { s.Fatalf("failed") }
