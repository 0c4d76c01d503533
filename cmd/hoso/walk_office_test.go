package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The days of those who do not handle cases: they come after the caseworker's and the statistician's, whose report they approve,
// publish and audit.

var approversDay = []stepOfWalk{
	{"Log in.", func(w *walker) { logIn(w); w.sees("Bảng điều khiển") }},
	{"Approve the report.", func(w *walker) {
		w.run(chromedp.Navigate(w.url + "/bao-cao?month=2024-04&area=20"))
		w.sees("Người trình: thongke")
		w.sends(`form:has([name="step"][value="approve"]) button`)
		w.sees("Số, ký hiệu")
	}},
	{"Publish it.", func(w *walker) {
		w.types("publish-number", "20/BC-SLĐTBXH", "publish-signer", "Lý Thị Duyệt")
		w.sends(`form:has([name="step"][value="publish"]) button`)
		w.sees("Đã phát hành 20/BC-SLĐTBXH")
	}},
	{"Log out.", logOut},
}

var auditorsDay = []stepOfWalk{
	{"Log in.", func(w *walker) { logIn(w); w.sees("Bảng điều khiển") }},
	{"Find what was recorded.", func(w *walker) {
		w.goes("Kiểm tra")
		w.chooses("find-type", "unemployment")
		w.follow("Tìm")
		w.sees("Tra cứu sự kiện")
		w.run(chromedp.WaitVisible(`#type`, chromedp.ByQuery))
		if _, err := chromedp.RunResponse(w.ctx, chromedp.SetValue("#type", "unemployment.decided", chromedp.ByQuery)); err != nil {
			w.Fatal(err)
		}
		w.run(chromedp.WaitVisible(`main tbody a[href^="/kiem-tra/ho-so/unemployment-"]`, chromedp.ByQuery))
		if other := w.says(`[...document.querySelectorAll("main tbody th")].map(e => e.textContent).find(s => s !== "Quyết định hưởng") || ""`); other != "" {
			w.Errorf("asked for decisions, and there is %q", other)
		}
	}},
	{"See a case at any moment.", func(w *walker) {
		w.run(chromedp.Click(`main tbody a[href^="/kiem-tra/ho-so/unemployment-"]`, chromedp.ByQuery), chromedp.WaitVisible("#version", chromedp.ByQuery))
		w.run(chromedp.Navigate(w.says(`location.origin + location.pathname`)), chromedp.WaitVisible("#version", chromedp.ByQuery))
		w.sees("Dữ liệu cá nhân được mã hóa")
		last, state := w.says(`document.getElementById("version").value`), w.says(stateOfCase)
		if _, err := chromedp.RunResponse(w.ctx, chromedp.Focus("#version", chromedp.ByQuery), chromedp.KeyEvent(kb.Home)); err != nil {
			w.Fatal(err)
		}
		w.sees("Trạng thái (sau việc số 1)")
		if first := w.says(stateOfCase); last == "1" || first == state {
			w.Errorf("after the first of %s acts the case is as after the last: %s", last, first)
		}
		w.kept["last"] = last
	}},
	{"Tell two moments apart.", func(w *walker) {
		w.run(chromedp.Navigate(w.says(`location.origin + location.pathname`)+"?with=1"), chromedp.WaitVisible("main ins", chromedp.ByQuery))
		w.sees("sau việc số "+w.kept["last"]+", so với việc số 1", "Trước")
	}},
	{"See who read personal data.", func(w *walker) {
		w.goes("Kiểm tra")
		w.follow("Ai đã xem dữ liệu cá nhân")
		w.types("account", "canbo")
		if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
			w.Fatal(err)
		}
		w.run(chromedp.WaitVisible(`main tbody a[href^="/kiem-tra/ho-so/"]`, chromedp.ByQuery))
		w.sees("127.0.0.1")
	}},
	{"Verify the log.", func(w *walker) {
		w.goes("Kiểm tra")
		w.follow("Đối chiếu toàn bộ nhật ký")
		w.sees("Nguyên vẹn", "không bị sửa, thiếu, thêm hay đổi chỗ")
	}},
	{"Take a proof along.", func(w *walker) {
		var proof string
		w.run(chromedp.Evaluate(`(async () => { for (let n = 0;; n++) { // soon after the publication it is sealed
			const r = await fetch(document.querySelector('a[download][href^="/kiem-tra/chung-minh/"]').href);
			if (r.ok || n === 16) return r.text();
			await new Promise(go => setTimeout(go, 500));
		} })()`, &proof,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
		key := strings.TrimSpace(w.says(`document.getElementById("public-keys").textContent`))
		name := filepath.Join(w.TempDir(), "chung-minh.json")
		if err := os.WriteFile(name, []byte(proof), 0o600); err != nil {
			w.Fatal(err)
		}
		if said := must(w.T, "verify", name, "--key", key); !strings.Contains(said, "Mọi thứ còn như cũ.") || !strings.Contains(said, "period-") {
			w.Error(said)
		}
		forged := strings.Replace(key, key[len(key)-8:], "AAAAAAAA", 1)
		if r := hoso(w.T, "verify", name, "--key", forged); r.code == 0 {
			w.Errorf("the proof holds with another key too: %s", r.out)
		}
	}},
	{"Count the report again.", func(w *walker) {
		w.follow("Đếm lại")
		w.sees("20/BC-SLĐTBXH", "Nội dung đúng với dấu đã ký", "đều đúng như báo cáo")
	}},
	{"Log out.", logOut},
}

// stateOfCase is what the page of a case's history says of its state.
const stateOfCase = `document.querySelector('section[aria-labelledby="state"] tbody').innerText`

var administratorsDay = []stepOfWalk{
	{"Log in.", func(w *walker) { logIn(w); w.sees("Đăng xuất") }},
	{"See how it is.", func(w *walker) {
		w.goes("Quản trị")
		w.sees("Cập nhật đến sự kiện cuối", "Ghi được", "Niêm phong")
	}},
	{"Open an account.", func(w *walker) {
		w.follow("Tài khoản và quyền")
		w.types("open-login", "hien", "open-name", "Nông Thị Hiền")
		w.follow("Mở tài khoản")
		w.sees("Mật khẩu dùng một lần")
		w.kept["once"] = w.says(`document.getElementById("password").textContent`)
	}},
	{"Grant a right.", func(w *walker) {
		w.follow("Cấp quyền cho tài khoản")
		w.chooses("grant-role", "caseworker", "grant-unit", "183")
		w.sends(`form[action$="/cap"] button`)
		w.sees("Có hiệu lực", "Huyện Cao Lộc")
	}},
	{"Log out.", logOut},
	{"Let the new one in.", func(w *walker) {
		w.kept["login"], w.kept["password"] = "hien", w.kept["once"]
		logIn(w)
		w.types("old", w.kept["once"], "new", "mot mat khau dai va moi", "again", "mot mat khau dai va moi")
		w.follow("Đổi mật khẩu")
		w.goes("Công việc")
		w.follow("Chưa giao")
		w.run(chromedp.WaitVisible("tr[data-row]", chromedp.ByQuery))
	}},
}

// sends presses a form's button and waits for the next page.
func (w *walker) sends(button string) {
	w.Helper()
	if _, err := chromedp.RunResponse(w.ctx, chromedp.Click(button, chromedp.ByQuery)); err != nil {
		w.Fatalf("%s: %v", button, err)
	}
	w.run(chromedp.WaitReady("main", chromedp.ByQuery))
}
