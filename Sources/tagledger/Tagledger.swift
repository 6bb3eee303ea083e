import APITypes
import ArgumentParser

@main
struct Tagledger: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tagledger",
    abstract: "Customer tags, and how they came to be.",
    discussion: """
      Talks to the daemon over its socket. A tag may be named by its id, its name or an alias; a \
      customer by id, phone number or a name that only they have. '#12' is an id, whatever \
      anything is called.

      You act as the operator who your user is; or, with --token-file FILE or TAGLEDGER_TOKEN, as \
      whose token it is.

      Messages come in Portuguese, French or English, by LC_ALL, LC_MESSAGES or LANG.

      Exit codes: 0 done; 1 refused; 3 not found; 4 conflict, or ambiguous; 64 wrong use; \
      69 no daemon; 70 error of the daemon; 74 cannot write; 75 try again; 130 Ctrl-C.
      """,
    version: Product.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Tag and customer",
        subcommands: [TagCommand.self, CustomerCommand.self, Find.self]),
      CommandGroup(
        name: "Fact",
        subcommands: [
          OrderCommand.self, FactCommand.self, SourceCommand.self, AccountCommand.self,
          MappingCommand.self,
        ]),
      CommandGroup(
        name: "Segment",
        subcommands: [SegmentCommand.self, WorkCommand.self, RFMCommand.self]),
      CommandGroup(
        name: "Log and spreadsheet", subcommands: [LogCommand.self, Import.self, Export.self]),
      CommandGroup(name: "Rule", subcommands: [RuleCommand.self]),
      CommandGroup(
        name: "Past", subcommands: [WhyCommand.self, Undo.self, Diff.self, Replay.self]),
      CommandGroup(
        name: "Team",
        subcommands: [
          TeamCommand.self, OperatorCommand.self, RoleCommand.self, TokenCommand.self, Can.self,
          Whoami.self, NoticeCommand.self,
        ]),
      CommandGroup(
        name: "Service",
        subcommands: [
          StatusCommand.self, JobCommand.self, WebhookCommand.self, Rebuild.self, Verify.self,
          BackupCommand.self,
          Completion.self,
        ]),
    ])
}
