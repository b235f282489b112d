package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectlcmd "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserverapp "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanagerapp "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	schedulerapp "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func etcd() { etcdmain.Main(os.Args) }

func apiServer() { os.Exit(cli.Run(apiserverapp.NewAPIServerCommand())) }

func controllerManager() { os.Exit(cli.Run(controllermanagerapp.NewControllerManagerCommand())) }

func scheduler() { os.Exit(cli.Run(schedulerapp.NewSchedulerCommand())) }

func kubectl() {
	if err := cli.RunNoErrOutput(kubectlcmd.NewDefaultKubectlCommand()); err != nil {
		kubectlutil.CheckErr(err)
	}
}
