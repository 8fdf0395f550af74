"""Jupyter's test of kernels (Debian: python3-jupyter-kernel-test) on ours, and what it does not ask.

Run by JupyterKernelTestTests with JUPYTER_DATA_DIR set to where the kernel is installed.
"""
import os
import tempfile
import unittest

import jupyter_kernel_test
import zmq
from jupyter_client.manager import start_new_kernel

TIMEOUT = 60


class KernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": 'var s = "🐇"; Console.WriteL', "matches": {"WriteLine"}},
    ]
    complete_code_samples = ["1 + 1", "var x = 3;", "int F() { return 1; }"]
    incomplete_code_samples = ["int F() {", 'var s = @"abc']
    invalid_code_samples = ["int = ;)"]
    code_execute_result = [{"code": "6*7", "result": "42"}, {"code": '"🐇"', "result": "🐇"}]
    code_generate_error = 'throw new Exception("bad");'
    code_inspect_sample = "Console.WriteLine"
    code_display_data = [
        {"code": 'HTML("<b>x</b>")', "mime": "text/html"},
        {"code": 'HTML("<b>x</b>").Display();', "mime": "text/html"},
    ]
    code_history_pattern = "6?7"
    supported_history_operations = ("tail", "range", "search")

    @classmethod
    def setUpClass(cls):
        cls.log = tempfile.TemporaryFile("w+")
        cls.km, cls.kc = start_new_kernel(kernel_name=cls.kernel_name, stderr=cls.log, startup_timeout=120)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.log.close()

    # What a request's messages are, until the kernel says that it is idle again.
    def outputs(self, msg_id, until=None):
        found = []
        while True:
            msg = self.kc.get_iopub_msg(timeout=TIMEOUT)
            if msg["parent_header"].get("msg_id") != msg_id:
                continue
            if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
                return found
            found.append(msg)
            if until is not None and until(msg):
                return found

    def run_cell(self, code, **kwargs):
        self.flush_channels()
        msg_id = self.kc.execute(code, **kwargs)
        return self.reply_to(msg_id), self.outputs(msg_id)

    def reply_to(self, msg_id, channel="shell"):
        while True:
            msg = getattr(self.kc, f"get_{channel}_msg")(timeout=TIMEOUT)
            if msg["parent_header"].get("msg_id") == msg_id:
                return msg["content"]

    def result(self, code):
        reply, messages = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", reply)
        return [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]

    def logged(self):
        self.log.seek(0)
        return self.log.read()

    def test_kernel_info_is_what_front_ends_highlight_by(self):
        msg_id = self.kc.kernel_info()
        info = self.reply_to(msg_id)
        self.assertGreaterEqual(tuple(map(int, info["protocol_version"].split("."))), (5, 3))
        self.assertIn("C#", info["banner"])
        self.assertEqual(info["language_info"]["pygments_lexer"], "csharp")

    def test_execute_input_says_the_number_of_the_reply(self):
        reply, messages = self.run_cell("1")
        inputs = [m["content"] for m in messages if m["msg_type"] == "execute_input"]
        self.assertEqual(inputs, [{"code": "1", "execution_count": reply["execution_count"]}])

    def test_silent_code_shows_nothing_and_takes_no_number(self):
        before, _ = self.run_cell("1")
        silent, messages = self.run_cell('var hidden = 3; Console.WriteLine("x"); hidden', silent=True)
        self.assertEqual(silent["status"], "ok")
        self.assertEqual([m["msg_type"] for m in messages if m["msg_type"] != "status"], [])
        after, _ = self.run_cell("hidden")
        self.assertEqual(after["execution_count"], before["execution_count"] + 1)

    def test_code_without_history_takes_no_number(self):
        before, _ = self.run_cell("1")
        self.run_cell('"not remembered"', store_history=False)
        after, _ = self.run_cell("2")
        self.assertEqual(after["execution_count"], before["execution_count"] + 1)
        reply = self.reply_to(self.kc.history(hist_access_type="tail", n=2, raw=True, output=False))
        self.assertEqual([code for _, _, code in reply["history"]], ["1", "2"])

    def test_a_display_is_updated_from_a_later_cell(self):
        self.flush_channels()
        _, shown = self.execute_helper('var shown = 1.Display();')
        _, updated = self.execute_helper('shown.Update("one");')
        self.assertEqual([m["msg_type"] for m in shown + updated], ["display_data", "update_display_data"])
        self.assertEqual(updated[0]["content"]["data"]["text/plain"], "one")
        self.assertTrue(shown[0]["content"]["transient"]["display_id"])
        self.assertEqual(updated[0]["content"]["transient"], shown[0]["content"]["transient"])

    def test_errors_name_the_cell_and_its_line(self):
        reply, messages = self.run_cell("var zero = 0;\n\nvar y = 1 / zero;")
        self.assertEqual((reply["status"], reply["ename"]), ("error", "System.DivideByZeroException"))
        error = [m["content"] for m in messages if m["msg_type"] == "error"][0]
        self.assertIn(f"cell {reply['execution_count']}, line 3", "\n".join(error["traceback"]))

    def test_what_waits_behind_an_error_is_aborted(self):
        self.flush_channels()
        ids = [self.kc.execute(code) for code in ('System.Threading.Thread.Sleep(300); throw new Exception("first");', "1", "2")]
        self.assertEqual([self.reply_to(i)["status"] for i in ids], ["error", "aborted", "aborted"])

    def test_what_waits_runs_when_the_error_may_be_passed(self):
        self.flush_channels()
        ids = [self.kc.execute(code, stop_on_error=False) for code in ('throw new Exception("first");', "1")]
        self.assertEqual([self.reply_to(i)["status"] for i in ids], ["error", "ok"])

    def test_user_expressions_are_evaluated_after_the_cell(self):
        reply, _ = self.run_cell("var e = 5;", user_expressions={"good": "e + 1", "bad": "no_such_name"})
        self.assertEqual(reply["user_expressions"]["good"]["data"]["text/plain"], "6")
        self.assertEqual(reply["user_expressions"]["bad"]["status"], "error")

    def test_completion_replaces_code_points(self):
        code = 'var s = "🐇"; Console.WriteL'
        reply = self.reply_to(self.kc.complete(code, len(code)))
        self.assertEqual(code[reply["cursor_start"]:reply["cursor_end"]], "WriteL")

    def test_inspection_has_a_signature(self):
        reply = self.reply_to(self.kc.inspect("Console.WriteLine"))
        self.assertIn("WriteLine", reply["data"]["text/plain"])
        self.assertIn("text/markdown", reply["data"])
        self.assertFalse(self.reply_to(self.kc.inspect("no_such_name"))["found"])

    def test_an_interrupt_stops_a_loop_and_keeps_the_state(self):
        self.result("var counted = 41;")
        msg_id = self.kc.execute('Console.WriteLine("started"); while (true) { counted = 42; }')
        self.outputs(msg_id, until=lambda m: m["msg_type"] == "stream")
        self.km.interrupt_kernel()
        self.assertEqual(self.reply_to(msg_id)["ename"], "Interrupted")
        self.assertEqual(self.result("counted"), ["42"])

    def test_an_interrupt_is_answered_while_the_cell_runs(self):
        msg_id = self.kc.execute('Console.WriteLine("started"); await Task.Delay(60_000);')
        self.outputs(msg_id, until=lambda m: m["msg_type"] == "stream")
        request = self.kc.session.msg("interrupt_request", {})
        self.kc.control_channel.send(request)
        self.assertEqual(self.reply_to(request["header"]["msg_id"], "control"), {"status": "ok"})
        self.assertEqual(self.reply_to(msg_id)["ename"], "Interrupted")

    def test_a_signal_interrupts_too(self):
        msg_id = self.kc.execute('Console.WriteLine("started"); while (true) { }')
        self.outputs(msg_id, until=lambda m: m["msg_type"] == "stream")
        os.kill(self.km.provisioner.pid, 2)
        self.assertEqual(self.reply_to(msg_id)["ename"], "Interrupted")
        self.assertEqual(self.result("1 + 1"), ["2"])

    def test_a_cell_asks_its_reader(self):
        self.flush_channels()
        msg_id = self.kc.execute('Console.Write("Name? "); "Hello, " + Console.ReadLine()', allow_stdin=True)
        self.assertEqual(self.kc.get_stdin_msg(timeout=TIMEOUT)["msg_type"], "input_request")
        self.kc.input("Alice")
        self.assertEqual(self.reply_to(msg_id)["status"], "ok")
        results = [m["content"]["data"]["text/plain"] for m in self.outputs(msg_id) if m["msg_type"] == "execute_result"]
        self.assertEqual(results, ["Hello, Alice"])

    def test_a_cell_that_waits_for_its_reader_can_be_interrupted(self):
        self.flush_channels()
        msg_id = self.kc.execute("Console.ReadLine()", allow_stdin=True)
        self.kc.get_stdin_msg(timeout=TIMEOUT)
        self.km.interrupt_kernel()
        self.assertEqual(self.reply_to(msg_id)["ename"], "Interrupted")

    def test_where_nobody_can_be_asked_input_is_at_its_end(self):
        reply, messages = self.run_cell("Console.ReadLine()", allow_stdin=False)
        self.assertEqual(reply["status"], "ok")
        self.assertEqual([m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"], ["null"])

    def test_there_are_no_comms(self):
        self.assertEqual(self.reply_to(self.kc.comm_info())["comms"], {})

    def test_the_heart_beats(self):
        heart = zmq.Context.instance().socket(zmq.REQ)
        heart.connect(f"tcp://127.0.0.1:{self.km.hb_port}")
        heart.send(b"ping")
        self.assertTrue(heart.poll(TIMEOUT * 1000))
        self.assertEqual(heart.recv(), b"ping")
        heart.close(0)

    def shell_socket(self):
        shell = zmq.Context.instance().socket(zmq.DEALER)
        shell.connect(f"tcp://127.0.0.1:{self.km.shell_port}")
        return shell

    # Messages on one connection keep their order: once the good one is answered, the bad one before it was dropped.
    def assert_dropped(self, frames, why):
        shell = self.shell_socket()
        shell.send_multipart(frames)
        good = self.kc.session.msg("kernel_info_request", {})
        shell.send_multipart(self.kc.session.serialize(good))
        self.assertTrue(shell.poll(TIMEOUT * 1000))
        _, answer = self.kc.session.feed_identities(shell.recv_multipart())
        self.assertEqual(self.kc.session.deserialize(answer)["parent_header"]["msg_id"], good["header"]["msg_id"])
        self.assertFalse(shell.poll(0))
        shell.close(0)
        self.assertIn(f"rabbit: a message on the shell channel was dropped: {why}.\n", self.logged())

    def test_a_tampered_message_is_dropped_with_a_line(self):
        frames = self.kc.session.serialize(self.kc.session.msg("execute_request", {"code": "Environment.Exit(1);", "silent": False}))
        frames[-1] = frames[-1].replace(b"Exit(1)", b"Exit(2)")
        self.assert_dropped(frames, "its signature does not match its parts and the key of the connection file")

    def test_an_unsigned_message_is_dropped_with_a_line(self):
        frames = self.kc.session.serialize(self.kc.session.msg("execute_request", {"code": "Environment.Exit(1);"}))
        frames[1] = b""
        self.assert_dropped(frames, "it is not signed")

    def test_a_replayed_message_is_dropped_with_a_line(self):
        frames = self.kc.session.serialize(self.kc.session.msg("kernel_info_request", {}))
        shell = self.shell_socket()
        shell.send_multipart(frames)
        self.assertTrue(shell.poll(TIMEOUT * 1000))
        shell.close(0)
        self.assert_dropped(frames, "the same message has arrived before")

    def test_zz_a_restart_forgets_everything(self):
        self.result("var forgotten = 1;")
        self.km.restart_kernel(now=False)
        self.kc.wait_for_ready(timeout=TIMEOUT * 2)
        reply, _ = self.run_cell("forgotten")
        self.assertEqual((reply["status"], reply["execution_count"]), ("error", 1))


if __name__ == "__main__":
    unittest.main()
