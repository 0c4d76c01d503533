package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"hoso/domain"
	"hoso/projections"
)

// env is everything that the program touches outside its data directory, so that a test can run the whole program.
type env struct {
	args     []string
	in       io.Reader
	out, err io.Writer
	clock    domain.Clock
	vary     func([]projections.View) []projections.View // other views than the program's, for tests of generations
}

// cli is the command line; each subcommand stands in a file of its own.
type cli struct {
	Demo     demoCommand     `cmd:"" help:"Tạo dữ liệu mẫu của một tỉnh trong thư mục mới, in báo cáo tháng 4/2024 rồi phục vụ."`
	Sample   sampleCommand   `cmd:"" help:"Viết các việc hồ sơ (JSON Lines) cộng lại đúng bằng số liệu cho trước."`
	Import   importCommand   `cmd:"" help:"Nhập các việc hồ sơ; chạy lại cùng một tệp không thêm gì."`
	Figures  figuresCommand  `cmd:"" help:"Số liệu của một tháng."`
	Report   reportCommand   `cmd:"" help:"Báo cáo tháng."`
	Close    closeCommand    `cmd:"" help:"Chốt tháng: soạn, trình, duyệt và phát hành báo cáo; từ đó báo cáo không đổi nữa."`
	Explain  explainCommand  `cmd:"" help:"Các sự kiện làm nên một con số."`
	Compare  compareCommand  `cmd:"" help:"Số liệu đã biết khi đó và biết nay, cùng các sự kiện làm nên chênh lệch."`
	History  historyCommand  `cmd:"" help:"Diễn biến của một hồ sơ."`
	Attach   attachCommand   `cmd:"" help:"Đính kèm một tài liệu vào hồ sơ; nội dung được niêm bằng khóa của người đó."`
	Document documentCommand `cmd:"" help:"Lấy một tài liệu của hồ sơ ra tệp; lượt xem được ghi lại."`
	Serve    serveCommand    `cmd:"" help:"Phục vụ cho đến khi nhận SIGINT hoặc SIGTERM."`
	Seal     sealCommand     `cmd:"" help:"Niêm phong nhật ký: ký số sự kiện và gốc của cây băm; in khóa công khai."`
	Verify   verifyCommand   `cmd:"" help:"Đọc lại toàn bộ nhật ký và chứng minh không có gì bị đổi; hoặc kiểm tra một tệp chứng minh."`
	Prove    proveCommand    `cmd:"" help:"Ghi tệp chứng minh một hồ sơ hoặc một báo cáo đã phát hành có trong nhật ký."`
	Copy     copyCommand     `cmd:"" help:"Chép nhật ký sang nơi khác (thư mục, cụm NATS, EventStoreDB); chạy lại thì làm tiếp."`
	Backup   backupCommand   `cmd:"" help:"Sao lưu nhật ký và các khóa đã niêm vào một tệp, cả khi đang phục vụ."`
	Restore  restoreCommand  `cmd:"" help:"Khôi phục một bản sao lưu vào thư mục dữ liệu trống; bị ngắt thì chạy lại."`
	Erase    eraseCommand    `cmd:"" help:"Xóa dữ liệu cá nhân của một người và in giấy xác nhận; không hoàn lại được."`
	Keys     keysCommand     `cmd:"" help:"Khóa mã hóa dữ liệu cá nhân."`
	User     userCommand     `cmd:"" help:"Tài khoản và quyền: ai được làm gì."`
	Settings settingsCommand `cmd:"" help:"Chép các tệp cấu hình kèm theo (tham số pháp luật, đơn vị hành chính, mẫu báo cáo) ra một thư mục để sửa."`
	Bench    benchCommand    `cmd:"" help:"Đo tốc độ trên máy này; kết quả là JSON."`
	Version  versionCommand  `cmd:"" help:"Phiên bản của chương trình."`
}

// defaultData follows the XDG Base Directory Specification: data that one person's program keeps.
func defaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "hoso")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "hoso-data"
	}
	return filepath.Join(home, ".local", "share", "hoso")
}

// run is the program. It returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 the data says no.
func run(ctx context.Context, e *env) int {
	err := e.dispatch(ctx)
	var exit helped
	switch {
	case err == nil, errors.As(err, &exit):
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		err = &domain.Error{Kind: domain.Unavailable, Code: "interrupted", Msg: "đã dừng theo yêu cầu"}
	}
	e.complain(err)
	return domain.KindOf(err).ExitCode()
}

// helped ends the program after --help.
type helped struct{}

func (helped) Error() string { return "help was printed" }

func (e *env) dispatch(ctx context.Context) (err error) {
	var c cli
	parser, err := kong.New(&c, kong.Name("hoso"), kong.Description("Hồ sơ lao động, người có công và xã hội: mọi con số đều mở được."),
		kong.Vars{"data": defaultData()}, kong.Writers(e.out, e.err), kong.Help(help), kong.UsageOnError(),
		kong.Exit(func(int) { panic(helped{}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
			err = helped{}
		}
	}()
	chosen, err := parser.Parse(e.args)
	if err != nil {
		return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "câu lệnh không đúng: " + withoutLogins(err.Error()) + "; xem hoso --help"}
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return chosen.Run(e)
}

// login is what may stand before the @ of an address, with or without its beginning.
var login = regexp.MustCompile(`(//.*|\S*:.*)@`)

// withoutLogins blanks names and passwords in a text that quotes what somebody typed.
func withoutLogins(text string) string { return login.ReplaceAllString(text, "…@") }

// help prints kong's help with its own words in Vietnamese.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	var b strings.Builder
	out := ctx.Stdout
	ctx.Stdout = &b
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	_, _ = strings.NewReplacer(
		"Usage: ", "Cách dùng: ", "Arguments:\n", "Đối số:\n", "Flags:\n", "Tùy chọn:\n", "Commands:\n", "Lệnh:\n",
		"Show context-sensitive help.", "Hiện trợ giúp này.",
		`Run "hoso <command> --help" for more information on a command.`, `Chạy "hoso <command> --help" để xem từng lệnh.`,
	).WriteString(out, b.String())
	return err
}

// complain writes one line: the message, and the code on which scripts depend.
func (e *env) complain(err error) {
	text := strings.Join(strings.Fields(err.Error()), " ")
	name := "hoso:"
	if colours(e.err) {
		name = "\x1b[31mhoso:\x1b[0m"
	}
	fmt.Fprintf(e.err, "%s %s [%s]\n", name, text, domain.CodeOf(err))
}

// warn writes one line about something that people should mend.
func (e *env) warn(text string) {
	fmt.Fprintf(e.err, "hoso: cảnh báo: %s\n", strings.Join(strings.Fields(text), " "))
}
