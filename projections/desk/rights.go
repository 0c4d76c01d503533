package desk

import (
	"context"
	"strings"

	"hoso/domain"
	"hoso/domain/right"
)

// ErrNobody says that a request comes from nobody who is known.
var ErrNobody = &domain.Error{Kind: domain.Unauthenticated, Code: "right.nobody",
	Msg: "cần đăng nhập, hoặc gửi kèm mã truy cập còn hiệu lực", En: "log in, or send a token that is in force"}

func caller(ctx context.Context) (right.Caller, error) {
	c, ok := right.Of(ctx)
	if !ok {
		return c, ErrNobody
	}
	return c, nil
}

// may tells why the caller may not do something to a target.
func may(ctx context.Context, a right.Action, t right.Target) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	return c.May(a, t)
}

// actionOf tells which right a command needs.
func actionOf(command string) right.Action {
	caseType, verb, _ := strings.Cut(command, ".")
	switch {
	case verb == "correct", verb == "void":
		return right.Approve
	case caseType == "period":
		return right.Close
	}
	return right.Act
}

// Known tells why nothing can be asked; nil where somebody asks.
func Known(ctx context.Context) error {
	_, err := caller(ctx)
	return err
}
