package main

import (
	"context"
	"fmt"

	"hoso/adapters/signin"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/right"
	"hoso/projections/access"
)

// demoAccounts opens an account for each role on sample data, all with one password that is made for this data.
func (a *app) demoAccounts(ctx context.Context, e *env) error {
	ctx = access.Console(ctx)
	password := signin.OneTime()
	verifier := signin.Verifier(password)
	for _, of := range []struct {
		login account.Login
		name  string
		role  right.Role
	}{
		{"admin", "Hoàng Thị Quản", right.Administrator}, {"canbo", "Nông Văn Thụ", right.Caseworker}, {"duyet", "Lý Thị Duyệt", right.Approver},
		{"kiemtra", "Vi Văn Kiểm", right.Auditor}, {"thongke", "Lành Thị Thống", right.Statistician},
	} {
		if err := a.accounts.Open(ctx, account.Open{Login: of.login, Name: domain.Hide(of.name)}); err != nil {
			return err
		}
		grants := []right.Grant{{Role: of.role}}
		if of.role != right.Administrator {
			grants = append(grants, right.Grant{Role: of.role, CaseTypes: right.SensitiveTypes()})
		}
		for _, g := range grants {
			if _, err := a.accounts.Grant(ctx, of.login, g); err != nil {
				return err
			}
		}
		one, err := a.accounts.Find(ctx, of.login)
		if err != nil {
			return err
		}
		if err := a.accounts.ChangePassword(ctx, one, verifier); err != nil {
			return err
		}
	}
	fmt.Fprintf(e.out, "Đăng nhập: canbo, duyet, kiemtra, thongke hoặc admin; mật khẩu: %s\n", password)
	return nil
}
