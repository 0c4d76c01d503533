package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// stepOfWalk is what the README calls a step, and how somebody does it.
type stepOfWalk struct {
	name string
	do   func(*walker)
}

// TestTheWalksOfTheREADME does in a real browser, on a real server, what the README tells each role to do, from the log-in to the
// result, in the README's order. A step there that nothing does here fails, and so does one here that is not there.
func TestTheWalksOfTheREADME(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a province and opens browsers")
	}
	browserHere(t)
	ctx, stop := context.WithCancel(t.Context())
	out, ended := &page{}, make(chan int, 1)
	go func() {
		ended <- run(ctx, &env{args: []string{"demo", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "demo")}, in: strings.NewReader(""), out: out, err: out, clock: clock})
	}()
	t.Cleanup(func() { stop(); <-ended })
	address := out.soon(t, servesAt)
	password := out.find(t, regexp.MustCompile(`mật khẩu: (\S+)`))
	told := walksOf(t)
	for _, role := range []struct {
		login string
		walk  []stepOfWalk
	}{
		{"canbo", caseworkersDay}, {"thongke", statisticiansDay}, {"duyet", approversDay}, {"kiemtra", auditorsDay}, {"admin", administratorsDay},
	} {
		var names []string
		for _, s := range role.walk {
			names = append(names, s.name)
		}
		if !slices.Equal(names, told[role.login]) {
			t.Errorf("%s: the README tells\n%q\nand done is\n%q", role.login, told[role.login], names)
		}
		t.Run(role.login, func(t *testing.T) { walk(t, address, role.login, password, role.walk) })
		delete(told, role.login)
	}
	t.Run("canbo with the keyboard alone", func(t *testing.T) { walk(t, address, "canbo", password, keyboardDay) })
	if len(told) > 0 {
		t.Errorf("nobody walks %v", told)
	}
}

// walk does the steps in a browser of their own.
func walk(t *testing.T, address, login, password string, steps []stepOfWalk) {
	w := walks(t, address)
	w.kept["login"], w.kept["password"] = login, password
	for _, s := range steps {
		t.Log(s.name)
		s.do(w)
	}
}

// walksOf reads the steps of the README: under each role's heading the words in bold that begin the numbered lines.
func walksOf(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, day, found := strings.Cut(string(b), "\n## A day with the pages\n")
	day, _, ended := strings.Cut(day, "\n## ")
	if !found || !ended {
		t.Fatal("the README has no day with the pages")
	}
	told, login := map[string][]string{}, ""
	for line := range strings.Lines(day) {
		if m := regexp.MustCompile("^### .*\\(`(\\w+)`\\)").FindStringSubmatch(line); m != nil {
			login = m[1]
		}
		if m := regexp.MustCompile(`^\d+\. (?:\*\*(.+?)\*\*)?`).FindStringSubmatch(line); m != nil {
			told[login] = append(told[login], m[1])
		}
	}
	return told
}

func logIn(w *walker) {
	w.run(chromedp.Navigate(w.url + "/"))
	w.follow("Đăng nhập")
	w.types("login", w.kept["login"], "password", w.kept["password"])
	w.follow("Đăng nhập")
}

func logOut(w *walker) {
	w.follow("Đăng xuất")
	w.run(chromedp.Navigate(w.url + "/"))
	w.sees("Cần đăng nhập")
}

var caseworkersDay = []stepOfWalk{
	{"Log in.", func(w *walker) { logIn(w); w.sees("Bảng điều khiển", "Đăng xuất") }},
	{"See what is due.", func(w *walker) {
		w.goes("Công việc")
		w.follow("Chưa giao")
		w.sees("Quá hạn", "Hạn ")
	}},
	{"Take a case.", func(w *walker) {
		w.run(chromedp.KeyEvent("j"))
		w.kept["case"] = w.says(`document.querySelector("tr[aria-selected] a").getAttribute("href")`)
		if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent("a")); err != nil {
			w.Fatal(err)
		}
		w.follow("Việc của tôi")
		if !strings.Contains(w.says(`document.querySelector("main").innerHTML`), w.kept["case"]) {
			w.Errorf("%s was taken, and is not among the own ones", w.kept["case"])
		}
	}},
	{"See what can be done, and why something else cannot.", func(w *walker) {
		w.run(chromedp.Navigate(w.url + w.kept["case"]))
		w.sees("Làm được ngay", "Thời hạn", "Diễn biến")
		w.press("Chưa làm được, và vì sao")
		w.run(chromedp.WaitVisible(".why li"))
	}},
	{"Register a person.", func(w *walker) {
		w.run(chromedp.Navigate(w.url+"/ghi/person.register"), chromedp.WaitVisible("#f-name"))
		w.types("f-identity", "020185000777", "f-name", "Hoàng Thị Mười", "f-born", "1985", "f-commune", "06550")
		w.follow("Tiếp tục: kiểm tra")
		w.sees("Kiểm tra lại trước khi ghi nhận", "Hoàng Thị Mười")
		w.follow("Ghi nhận")
		w.sees("Đã ghi nhận việc số 1")
	}},
	{"Find the person again.", func(w *walker) {
		w.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(input.ModifierCtrl)), chromedp.WaitVisible("#palette-q"))
		if _, err := chromedp.RunResponse(w.ctx, chromedp.SendKeys("#palette-q", "hoang thi muoi\r")); err != nil {
			w.Fatal(err)
		}
		w.sees("Hoàng Thị Mười")
	}},
	{"File a claim.", func(w *walker) {
		w.run(chromedp.Navigate(w.url+"/ghi/unemployment.file"), chromedp.WaitVisible("#f-person"))
		w.types("f-person", "hoang thi muoi")
		w.run(chromedp.Click("#pick-person [data-pick]"), chromedp.WaitVisible("#pick-person .chosen"))
		w.types("f-commune", "06550", "f-birth_year", "1985", "f-months_paid", "40")
		w.chooses("f-sex", "female", "f-channel", "direct", "f-residence", "own", "f-occurred", "2024-04-29")
		w.follow("Tiếp tục: kiểm tra")
		w.sees("Kiểm tra lại trước khi ghi nhận", "40")
		w.follow("Ghi nhận")
		w.sees("Đã ghi nhận việc số 1", "Hoàng Thị Mười")
	}},
	{"See a person in full.", func(w *walker) {
		w.kept["case"] = w.says(`location.pathname`)
		if text := w.says(`document.querySelector("main").innerText`); strings.Contains(text, "020185000777") {
			w.Errorf("the identity number is shown in full before anybody asked: %s", text)
		}
		w.press("Xem đầy đủ")
		w.sends(`form[action$="/thong-tin"] button`)
		w.sees("020185000777")
	}},
	{"Give the receipt.", func(w *walker) {
		w.run(chromedp.Navigate(w.url + w.kept["case"]))
		w.follow("Biên nhận")
		w.sees("Biên nhận hồ sơ", "Hoàng Thị Mười")
	}},
	{"Log out.", logOut},
}

var statisticiansDay = []stepOfWalk{
	{"Log in.", func(w *walker) { logIn(w); w.sees("Bảng điều khiển") }},
	{"Open a figure.", func(w *walker) {
		w.run(chromedp.Navigate(w.url+"/?month=2024-04"), chromedp.Click(`[id="figure-unemployment.claims"]`, chromedp.ByQuery), chromedp.WaitVisible("#panel"))
		w.sees("Cách tính", "Căn cứ", "452") // the claim of the caseworker is in it
	}},
	{"Read the report.", func(w *walker) {
		w.run(chromedp.Navigate(w.url + "/bao-cao?month=2024-04&area=20"))
		w.sees("Báo cáo tháng 4/2024", "Tiếp nhận 452 hồ sơ", "Kiểm tra số liệu")
	}},
	{"Open, draft and submit it.", func(w *walker) {
		w.follow("Mở kỳ báo cáo")
		w.follow("Đã soạn xong")
		w.follow("Trình duyệt")
		w.sees("Người trình")
	}},
	{"Log out.", logOut},
}
