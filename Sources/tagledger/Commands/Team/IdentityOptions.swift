import ArgumentParser

/// How an operator is known.
struct IdentityOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A user of this machine, by number.", valueName: "number"))
  var uid: UInt32?

  @Option(help: ArgumentHelp("A name for which a trusted proxy vouches.", valueName: "text"))
  var subject: String?
}
