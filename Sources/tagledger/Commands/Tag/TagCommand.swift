import ArgumentParser

struct TagCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Create, change, apply and look at tags.",
    subcommands: [
      TagList.self, TagShow.self, TagCreate.self, TagRename.self, TagRecolor.self, TagRevise.self,
      TagMerge.self, TagArchive.self, TagRestore.self, TagDelete.self, TagApply.self,
      TagRemove.self, TagStarter.self,
    ],
    aliases: ["tags"])
}
