import ArgumentParser

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "The change log, and what proves it.",
    discussion: """
      Without a subcommand it shows the change log: `tagledger log --customer Ana` is \
      `tagledger log show --customer Ana`.
      """,
    subcommands: [
      Log.self, LogReceipt.self, LogCheck.self, LogCheckpoint.self, LogKey.self,
    ],
    defaultSubcommand: Log.self)
}
