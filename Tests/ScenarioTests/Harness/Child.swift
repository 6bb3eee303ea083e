import Foundation

/// A child process, by `posix_spawn` and `waitpid`.
///
/// Not Foundation's `Process`: now and then it does not notice that its child has ended, and waits
/// for good.
final class Child {
  let pid: pid_t
  private var status: Int32?

  /// Output and errors go to files, so that no pipe can fill up; nothing is there to be read.
  init(
    _ program: String, _ arguments: [String], environment: [String: String],
    directory: String? = nil, output: String = "/dev/null", errors: String = "/dev/null"
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o644)

    // A child of a test runner would otherwise inherit what the runner blocks.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    // Swift does not see the action that changes the directory; `env` can do it as well.
    let env = directory.map { ["/usr/bin/env", "--chdir=\($0)"] } ?? []
    var words = (env + [program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, env.first ?? program, &actions, &attributes, &words, &variables)
    guard code == 0 else {
      throw TimedOut(description: "\(program): \(String(cString: strerror(code)))")
    }
    self.pid = pid
  }

  deinit {
    if isRunning {
      kill(pid, SIGKILL)
      wait()
    }
  }

  var isRunning: Bool {
    if status == nil {
      var found: Int32 = 0
      if waitpid(pid, &found, WNOHANG) == pid { status = found }
    }
    return status == nil
  }

  /// Waits for its end; the exit code, or 128 and the number of the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    if status == nil {
      var found: Int32 = 0
      while waitpid(pid, &found, 0) == -1, errno == EINTR {}
      status = found
    }
    let status = status ?? 0
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}
