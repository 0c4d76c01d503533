package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/tabwriter"

	"hoso/domain/right"
)

type userGrantCommand struct {
	userFlags
	Login      string   `arg:"" help:"Tên đăng nhập."`
	Role       string   `required:"" enum:"caseworker,approver,auditor,statistician,administrator" help:"Vai trò: caseworker (thụ lý), approver (duyệt), auditor (kiểm tra), statistician (thống kê), administrator (quản trị)." placeholder:"ROLE"`
	Unit       string   `help:"Mã đơn vị; gồm cả các đơn vị trực thuộc. Không nêu là mọi nơi." placeholder:"CODE"`
	Types      []string `help:"Loại hồ sơ, cách nhau bằng dấu phẩy. Không nêu là mọi loại trừ rehab và screening, hai loại phải nêu rõ." placeholder:"TYPE"`
	ApproveOwn bool     `name:"approve-own" help:"Được duyệt cả việc của chính mình."`
	From       string   `help:"Từ ngày, YYYY-MM-DD." placeholder:"DATE"`
	Until      string   `help:"Đến hết ngày, YYYY-MM-DD." placeholder:"DATE"`
}

// Run gives a right.
func (c userGrantCommand) Run(ctx context.Context, e *env) error {
	body := map[string]any{"role": c.Role, "case_types": c.Types, "approve_own": c.ApproveOwn}
	for k, v := range map[string]string{"unit": c.Unit, "from": c.From, "until": c.Until} {
		if v != "" {
			body[k] = v
		}
	}
	out, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, "grants"), body)
	if err == nil {
		fmt.Fprintf(e.out, "Đã cấp cho %s quyền %s.\n", out.Login, out.ID)
	}
	return err
}

type userRevokeCommand struct {
	userFlags
	Login string `arg:"" help:"Tên đăng nhập."`
	Grant string `arg:"" help:"Mã quyền, như hoso user list in ra."`
}

// Run takes a right back.
func (c userRevokeCommand) Run(ctx context.Context, e *env) error {
	_, _, err := c.ask(ctx, e, http.MethodDelete, of(c.Login, "grants", c.Grant), nil)
	if err == nil {
		fmt.Fprintf(e.out, "Đã thu hồi quyền %s của %s.\n", c.Grant, c.Login)
	}
	return err
}

type userTokenCommand struct {
	userFlags
	Login   string   `arg:"" help:"Tên đăng nhập."`
	Label   string   `help:"Dùng để làm gì." placeholder:"TEXT"`
	Until   string   `help:"Dùng được đến hết ngày, YYYY-MM-DD; không nêu là 90 ngày, nhiều nhất một năm." placeholder:"DATE"`
	Actions []string `help:"Chỉ cho các việc này: act, approve, read_case, read_person, read_figures, close, audit, administer. Không nêu là mọi việc tài khoản làm được." placeholder:"ACTION"`
	Types   []string `help:"Chỉ cho các loại hồ sơ này." placeholder:"TYPE"`
	Unit    string   `help:"Chỉ trong đơn vị này." placeholder:"CODE"`
	Revoke  string   `help:"Thu hồi mã truy cập có mã này." placeholder:"ID"`
}

// Run issues a token, or revokes one.
func (c userTokenCommand) Run(ctx context.Context, e *env) error {
	if c.Revoke != "" {
		_, _, err := c.ask(ctx, e, http.MethodDelete, of(c.Login, "tokens", c.Revoke), nil)
		if err == nil {
			fmt.Fprintf(e.out, "Đã thu hồi mã truy cập %s của %s.\n", c.Revoke, c.Login)
		}
		return err
	}
	scope := map[string]any{"actions": c.Actions, "case_types": c.Types}
	if c.Unit != "" {
		scope["unit"] = c.Unit
	}
	body := map[string]any{"label": c.Label, "scope": scope}
	if c.Until != "" {
		body["until"] = c.Until
	}
	out, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, "tokens"), body)
	if err == nil {
		fmt.Fprintf(e.out, "%s\n", out.Token)
		fmt.Fprintf(e.err, "Mã truy cập %s của %s, dùng được đến hết %s; không hiện lại.\n", out.ID, out.Login, out.Until)
	}
	return err
}

type momentFlags struct {
	AsOf   string `help:"Theo những gì đã ghi đến khi đó: vị trí, ngày hoặc thời điểm." placeholder:"POSITION|TIME"`
	On     string `help:"Ngày được hỏi, YYYY-MM-DD; không nêu là hôm nay." placeholder:"DATE"`
	Format string `help:"table hoặc json." enum:"table,json" default:"table"`
}

type userListCommand struct {
	userFlags
	momentFlags
}

// userListed is an account in an answer.
type userListed struct {
	Login  string        `json:"login"`
	Name   string        `json:"name"`
	Closed bool          `json:"closed"`
	Grants []right.Grant `json:"grants"`
	Tokens []struct {
		ID    string `json:"id"`
		Label string `json:"label"`
		Until string `json:"until"`
	} `json:"tokens"`
}

// Run lists the accounts.
func (c userListCommand) Run(ctx context.Context, e *env) error {
	out, raw, err := c.ask(ctx, e, http.MethodGet, asked("", map[string]string{"as_of": c.AsOf, "on": c.On}), nil)
	if err != nil {
		return err
	}
	return c.print(e, out.Accounts, raw)
}

type userWhoCommand struct {
	userFlags
	momentFlags
	Action string `arg:"" enum:"act,approve,approve_own,read_case,read_person,read_figures,close,audit,administer" help:"Việc: act, approve, approve_own, read_case, read_person, read_figures, close, audit, administer."`
	Type   string `help:"Với loại hồ sơ này." placeholder:"TYPE"`
	Unit   string `help:"Ở đơn vị này." placeholder:"CODE"`
}

// Run tells who could do something.
func (c userWhoCommand) Run(ctx context.Context, e *env) error {
	out, raw, err := c.ask(ctx, e, http.MethodGet, asked("/who", map[string]string{
		"action": c.Action, "type": c.Type, "unit": c.Unit, "as_of": c.AsOf, "on": c.On}), nil)
	if err != nil {
		return err
	}
	return c.print(e, out.Holders, raw)
}

func (f momentFlags) print(e *env, all []userListed, raw []byte) error {
	if f.Format == "json" {
		_, err := e.out.Write(raw)
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, a := range all {
		note := ""
		if a.Closed {
			note = "(đã khóa)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", a.Login, a.Name, note)
		for _, g := range a.Grants {
			printGrant(w, g)
		}
		for _, t := range a.Tokens {
			fmt.Fprintf(w, "\tmã truy cập\t%s\tđến hết %s\t%s\n", t.Label, t.Until, t.ID)
		}
	}
	return w.Flush()
}

func printGrant(w io.Writer, g right.Grant) {
	unit, types, days := string(g.Unit), strings.Join(g.CaseTypes, ","), ""
	if unit == "" {
		unit = "mọi nơi"
	}
	if types == "" {
		types = "mọi loại thường"
	}
	if !g.From.IsZero() {
		days += " từ " + g.From.Vietnamese()
	}
	if !g.Until.IsZero() {
		days += " đến hết " + g.Until.Vietnamese()
	}
	if g.ApproveOwn {
		days += " duyệt cả việc của mình"
	}
	fmt.Fprintf(w, "\t%s\t%s, %s\t%s\t%s\n", g.Role.Label().Vi, unit, types, strings.TrimSpace(days), g.ID)
}
