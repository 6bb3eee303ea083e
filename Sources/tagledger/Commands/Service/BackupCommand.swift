import APITypes
import ArgumentParser
import Client
import FoundationEssentials

struct BackupCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy log and keys while the daemon runs, and verify the copy.",
    discussion: """
      The daemon writes the copy, so the directory has to be one that it may write to; it must \
      not be there yet. The log goes to `log`, the keys to `keys` within it, or to a directory of \
      their own: whoever has both can read everything. The keys part also holds the \
      key-encryption key and the signing key, where the daemon keeps them itself.

        tagledger backup /var/backups/tagledger/2026-11-22
        tagledger backup /mnt/log/today --keys /mnt/safe/today

      `tagledgerd restore` brings it back.
      """)

  @Argument(help: "A new directory.", completion: .directory)
  var directory: String

  @Option(help: ArgumentHelp("Another new directory, for the keys.", valueName: "directory"))
  var keys: String?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(
      .post, Paths.backups,
      BackupDraft(directory: Self.absolute(directory), keys: keys.map(Self.absolute)))
    try await session.watch(job, waiting: !wait.noWait)
  }

  /// The daemon runs in another directory.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
