"""Running programs without leaving one behind: script/lib/processes.sh."""

import os
import signal
import subprocess
import time
from pathlib import Path


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_attend_passes_standard_input_and_the_exit_code_on(checkout):
    process = checkout.start("attend sh -c 'cat; exit 7'", stdin=subprocess.PIPE)
    output, _ = process.communicate("through\n", timeout=10)

    assert (output, process.returncode) == ("through\n", 7)


def test_attend_passes_a_request_to_end_on_and_waits_for_it(checkout):
    process = checkout.start(
        "attend sh -c 'trap \"echo tidy; exit 3\" TERM; echo up; while :; do sleep 0.1; done'"
    )
    assert process.stdout.readline() == "up\n"
    process.terminate()
    output, _ = process.communicate(timeout=10)

    assert (output, process.returncode) == ("tidy\n", 3)


def test_attend_passes_a_request_on_that_comes_while_the_command_starts(checkout):
    at_once = "env() { trap 'exit 3' TERM; kill -TERM $$; while :; do sleep 0.1; done; }"
    again = 'for n in {1..50}; do code=0; attend anything || code=$?; printf "%s " "$code"; done'
    answer = checkout.bash(f"{at_once}\n{again}")

    assert (answer.stdout.split(), answer.returncode) == (["3"] * 50, 0)


def test_attend_lets_ctrl_c_reach_the_command(checkout):
    wait = (
        "import time\ntry: print('up', flush=True); time.sleep(9)\nexcept KeyboardInterrupt: print('stopped')"
    )
    process = checkout.start(f'attend "$PYTHON" -c "{wait}"; echo after', start_new_session=True)
    assert process.stdout.readline() == "up\n"
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=10)

    assert output == "stopped\nafter\n"


def test_stop_all_ends_a_program_that_ignores_the_request(checkout):
    process = checkout.start(
        "mkdir -p $ROOT/var/log\n"
        "launch deaf bash -c 'trap \"\" TERM; while :; do sleep 1; done'\n"
        'echo "${!RUNNING[@]}"; sleep 0.5; stop_all; echo stopped',
        env={"PATIENCE": "1"},
    )
    pid = int(process.stdout.readline())
    output, _ = process.communicate(timeout=30)

    assert output.endswith("stopped\n")
    assert ends_within(pid, 2)


def test_launched_programs_end_with_a_script_that_is_killed(checkout):
    process = checkout.start("mkdir -p $ROOT/var/log\nlaunch sleeper sleep 60\necho ${!RUNNING[@]}; sleep 60")
    pid = int(process.stdout.readline())
    time.sleep(0.5)
    process.kill()
    process.communicate(timeout=10)

    assert ends_within(pid, 5)


def test_the_program_that_ended_is_named_with_the_end_of_its_log(checkout):
    answer = checkout.bash(
        "mkdir -p $ROOT/var/log\n"
        "launch steady sleep 60; launch frail sh -c 'echo out of ink; exit 4'\n"
        "until dead=$(ended) && [[ -n $dead ]]; do sleep 0.1; done\n"
        'tell_end "$dead"; stop_all'
    )

    assert '"frail" stopped by itself' in answer.stdout
    assert "var/log/frail.log:\nout of ink\n" in answer.stdout
