import ArgumentParser

struct TagCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: said(
      en: "Create, change, apply and look at tags.",
      pt: "Criar, alterar, aplicar e consultar etiquetas.",
      fr: "Créer, modifier, appliquer et consulter des étiquettes."),
    subcommands: [
      TagList.self, TagShow.self, TagCreate.self, TagRename.self, TagRecolor.self, TagRevise.self,
      TagMerge.self, TagArchive.self, TagRestore.self, TagDelete.self, TagApply.self,
      TagRemove.self, TagStarter.self,
    ],
    aliases: ["tags"])
}
