// A provider of a few lines on terraform-plugin-framework, without any resource, to compare the start with.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type small struct{}

func (small) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "small"
}
func (small) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (small) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (small) Resources(context.Context) []func() resource.Resource       { return nil }
func (small) DataSources(context.Context) []func() datasource.DataSource { return nil }

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return small{} },
		providerserver.ServeOpts{Address: "registry.terraform.io/example/small"})
	if err != nil {
		log.Fatal(err)
	}
}
