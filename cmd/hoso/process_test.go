package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// started runs the program as a process and returns the address at which it serves.
func started(t *testing.T, args ...string) (c *exec.Cmd, address string) {
	t.Helper()
	c, address, _ = launched(t, args...)
	return c, address
}

// overseen is started with an address for who watches the service, and returns what asks there how it is.
func overseen(t *testing.T, args ...string) (c *exec.Cmd, address string, ask func() (health, int)) {
	t.Helper()
	c, address, watch := launched(t, append(args, "--metrics-listen", "127.0.0.1:0")...)
	return c, address, func() (h health, code int) {
		t.Helper()
		code, text := fetch(t, watch+"/healthz")
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			t.Fatalf("%d %s: %v", code, text, err)
		}
		return h, code
	}
}

func launched(t *testing.T, args ...string) (c *exec.Cmd, address, watch string) {
	t.Helper()
	c = process(t, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if said := metricsAt.FindStringSubmatch(lines.Text()); said != nil {
			watch = "http://" + said[1]
		}
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return c, "http://" + strings.Fields(rest)[0], watch
		}
	}
	t.Fatalf("it never said where it serves: %v", lines.Err())
	return nil, "", ""
}

func TestServe(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	c, address, ask := overseen(t, "serve", "--data", data, "--listen", "127.0.0.1:0")

	var h health
	for h.Status != "ok" { // until the views have caught up
		var code int
		if h, code = ask(); (code == http.StatusOK) != (h.Status == "ok") || h.Status == "failing" {
			t.Fatalf("%d %+v", code, h)
		}
	}
	if code, said := fetch(t, address+"/healthz"); code != http.StatusOK || said != `{"status":"ok"}`+"\n" {
		t.Errorf("a stranger is told more than how it is: %d %s", code, said)
	}
	if h.Position != 7+firstAccount || h.Lag != 0 || !h.Complete {
		t.Errorf("%+v", h)
	}
	if code := status(t, address+"/"); code != http.StatusUnauthorized {
		t.Errorf("nobody sees the pages: %d", code)
	}

	// Whoever comes second is told who is there, whatever it wants.
	for _, args := range [][]string{{"figures", "--month", "2024-04"}, {"import", file(t, "small.jsonl")}, {"serve"}} {
		second := process(t, append(args, "--data", data)...)
		b, _ := second.CombinedOutput()
		got := string(b)
		if second.ProcessState.ExitCode() != 1 || strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "[data.held]\n") ||
			!strings.Contains(got, "hoso serve") || !strings.Contains(got, pid(c)) {
			t.Errorf("hoso %s: exit code %d\n%s", args[0], second.ProcessState.ExitCode(), got)
		}
	}

	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("asked to stop, it ended with %v", err)
	}
	must(t, "figures", "--data", data, "--month", "2024-04") // the directory is free again
}

func pid(c *exec.Cmd) string {
	b, _ := json.Marshal(c.Process.Pid)
	return string(b)
}

// A holder that was killed holds nothing, whatever is left in the lock file.
func TestAKilledHolderIsNoHolder(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	c, _ := started(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	must(t, "import", "--data", data, file(t, "small.jsonl"))
}

func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("makes and imports a province")
	}
	data := filepath.Join(t.TempDir(), "demo")
	c, address := started(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	if code := status(t, address+"/healthz"); code != http.StatusOK && code != http.StatusServiceUnavailable {
		t.Errorf("health: %d", code)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	out := must(t, "report", "--data", data, "--month", "2024-04", "--area", "20")
	for _, said := range []string{"Tỉnh Lạng Sơn", "3.591 người", "8.510,8 triệu đồng"} {
		if !strings.Contains(out, said) {
			t.Errorf("the report does not say %q", said)
		}
	}
	if r := hoso(t, "demo", "--no-serve", "--data", data); r.code != 2 || !strings.Contains(r.err, "[demo.not_empty]") {
		t.Errorf("a second demo in the same directory: %d %s", r.code, r.err)
	}
}

func status(t *testing.T, address string) int {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	return r.StatusCode
}

// ailing is a log that tells by itself why it takes no writes.
type ailing struct {
	named
	err error
}

func (l ailing) Fault() error { return l.err }

// TestAFaultOfTheLog: what NATS says comes first, and a log that says nothing has no fault.
func TestAFaultOfTheLog(t *testing.T) {
	nats, log := errors.New("nats"), errors.New("log")
	for _, test := range []struct {
		nats error
		log  named
		want error
	}{{nil, nil, nil}, {nil, ailing{}, nil}, {nil, ailing{err: log}, log}, {nats, ailing{err: log}, nats}, {nats, ailing{}, nats}} {
		a := &app{fault: func() error { return test.nats }}
		a.heed(test.log)
		if got := a.fault(); !errors.Is(got, test.want) {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
