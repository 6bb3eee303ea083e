import EventLog
import Foundation

/// Whose the files of a data directory are, when root makes them: those of the daemon's user.
struct Owner {
  private let uid: uid_t
  private let gid: gid_t

  /// Who owns the directory, or else the one that it lies in; nil where only root can give files away
  /// and this is somebody else.
  init?(of directory: String) {
    guard geteuid() == 0 else { return nil }
    var status = stat()
    guard stat(directory, &status) == 0 || stat(Directory.of(directory), &status) == 0 else {
      return nil
    }
    (uid, gid) = (status.st_uid, status.st_gid)
  }

  /// Gives them a directory with all that is in it.
  func take(_ directory: String) {
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    for path in [directory] + files.map({ directory + "/" + $0 }) { _ = chown(path, uid, gid) }
  }
}
