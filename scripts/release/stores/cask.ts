import { app, type Download, urlOf } from './app.ts'

/** Homebrew's cask for a disk image: https://docs.brew.sh/Cask-Cookbook. */
export function caskOf(image: Download): string {
  return `cask "dmarc-watch" do
  version "${image.version}"
  sha256 "${image.sha256}"

  url "${urlOf(image).replaceAll(image.version, '#{version}')}",
      verified: "${app.homepage.replace('https://', '')}/"
  name "${app.name}"
  desc "${app.summary}"
  homepage "${app.homepage}"

  app "${app.name}.app"

  zap trash: [
    "~/Library/Application Support/dmarc-watch",
    "~/Library/Preferences/org.dmarc-as-code.watch.plist",
  ]
end
`
}
